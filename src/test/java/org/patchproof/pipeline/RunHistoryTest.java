package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.Trees;
import org.patchproof.history.Answers;
import org.patchproof.history.Questions;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;

/** The history as a file beside the runs: taken in, damaged, made again, written by two at once. */
class RunHistoryTest {
    @TempDir
    Path dir;

    private final List<String> notes = new ArrayList<>();

    @Test
    void questionsAreAnswered() throws Exception {
        HistorySpecs.bundles(dir.resolve("runs"));
        try (RunHistory history = open()) {
            assertThat(history.take(List.of(dir.resolve("runs"))).taken()).isEqualTo(5);
            HistorySpecs.ask(history);
        }
    }

    @Test
    void whatIsKnownStaysAndWhatChangedIsTakenAgain() throws Exception {
        HistorySpecs.bundles(dir.resolve("runs"));
        try (RunHistory history = open()) {
            history.take(List.of(dir.resolve("runs")));
            assertThat(history.take(List.of(dir.resolve("runs")))).isEqualTo(new RunHistory.Imported(0, 5, List.of()));
            BundleMaker.in(dir.resolve("runs"), "r5")
                    .cell("k", BundleMaker.Made.control().reproduced(1, 1, 1, 1))
                    .write();
            assertThat(history.take(List.of(dir.resolve("runs"))).taken()).isEqualTo(1);
            assertThat(history.ask(Questions::size).runs()).isEqualTo(5);
        }
    }

    /** A developer's loop turns nothing of what ships, and is not flaky with it. */
    @Test
    void theLanesAreKeptApart() throws Exception {
        BundleMaker.in(dir.resolve("runs"), "packed")
                .cell(
                        "k",
                        BundleMaker.Made.control().reproduced(2, 2, 1),
                        BundleMaker.Made.candidate("fixed").clean(4, 4, 4).claims(claim(Verdict.Word.FIXED)))
                .write();
        BundleMaker.in(dir.resolve("runs"), "quick")
                .started(BundleMaker.EPOCH.plus(Duration.ofDays(1)))
                .lane(Lane.QUICK)
                .cell(
                        "k",
                        BundleMaker.Made.control().reproduced(2, 2, 1),
                        BundleMaker.Made.candidate("fixed").reproduced(1).claims(claim(Verdict.Word.STILL_REPRODUCES)))
                .write();
        try (RunHistory history = open()) {
            history.take(List.of(dir.resolve("runs")));
            assertThatList(history.ask(q -> q.verdicts(
                            new Questions.Filter(Optional.empty(), Optional.of("fixed"), Optional.empty()), 9)))
                    .extracting(Answers.VerdictAt::label)
                    .containsExactly("STILL_REPRODUCES (quick)", "FIXED");
            assertThatList(history.ask(q -> q.turns(Questions.Filter.ALL)))
                    .singleElement()
                    .satisfies(turn -> assertThat(turn.lastGood()).isEmpty());
            assertThatList(history.ask(Questions::flaky)).isEmpty();
        }
    }

    private static Verdict claim(Verdict.Word word) {
        return new Verdict(word, "so it is", Numbers.NONE, word + ": so it is.", Optional.empty());
    }

    @Test
    void aCandidateWhoseControlRanElsewhereGetsItsVerdictWhenTheControlComes() throws Exception {
        BundleMaker.in(dir.resolve("runs"), "b")
                .cell("k", BundleMaker.Made.candidate("fixed").clean(4, 4, 4))
                .write();
        try (RunHistory history = open()) {
            history.take(List.of(dir.resolve("runs")));
            assertThat(history.ask(q -> q.verdicts(Questions.Filter.ALL, 9))
                            .get(0)
                            .verdict())
                    .isEqualTo("INCONCLUSIVE");
            BundleMaker.in(dir.resolve("runs"), "a")
                    .cell("k", BundleMaker.Made.control().reproduced(2, 2, 1))
                    .write();
            assertThat(history.take(List.of(dir.resolve("runs")))).isEqualTo(new RunHistory.Imported(1, 1, List.of()));
            Answers.VerdictAt fixed = history.ask(q -> q.verdicts(
                            new Questions.Filter(Optional.empty(), Optional.of("fixed"), Optional.empty()), 9))
                    .get(0);
            assertThat(fixed.verdict() + " " + fixed.outcome() + " " + fixed.exposures())
                    .isEqualTo("FIXED GOOD 12");
        }
    }

    @Test
    void aBundleThatCannotBeReadIsNamed() throws Exception {
        HistorySpecs.bundles(dir.resolve("runs"));
        Files.writeString(Files.createDirectories(dir.resolve("runs/bad")).resolve("run.json"), "{");
        try (RunHistory history = open()) {
            assertThat(history.take(List.of(dir.resolve("runs"))).unread())
                    .singleElement()
                    .asString()
                    .contains("bad/run.json");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsSetAsideAndMadeAgain() throws Exception {
        HistorySpecs.bundles(dir.resolve("runs"));
        Files.writeString(dir.resolve("history.db"), "this is no database\n".repeat(500));
        try (RunHistory history = open()) {
            assertThat(history.ask(Questions::size).runs()).isEqualTo(5);
        }
        assertThat(notes.get(0)).contains("is damaged", "set aside as").contains("history.db.damaged-1");
        assertThat(notes.get(1)).isEqualTo("made again from 5 bundles");
        assertThat(dir.resolve("history.db.damaged-1")).hasContent("this is no database\n".repeat(500));
    }

    @Test
    void aDamagedPageIsNoticedAndBundlesElsewhereAreFoundAgain() throws Exception {
        HistorySpecs.bundles(dir.resolve("elsewhere"));
        BundleMaker.in(dir.resolve("elsewhere"), "gone")
                .cell("k", BundleMaker.Made.control().reproduced(1))
                .write();
        try (RunHistory history = open()) {
            history.take(List.of(dir.resolve("elsewhere")));
        }
        Trees.delete(dir.resolve("elsewhere/gone"));
        spoil(dir.resolve("history.db"));
        try (RunHistory history = open()) {
            assertThat(history.ask(Questions::size).runs()).isEqualTo(5);
        }
        assertThat(notes).anyMatch(note -> note.contains("is damaged"));
        assertThat(notes).anyMatch(note -> note.contains("1 bundles that it knew are gone") && note.contains("/gone"));
    }

    /** The last page is one of an index: the tables can still be read, and disagree with it. */
    private static void spoil(Path file) throws Exception {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(raw.length() - 4096);
            raw.write(new byte[4096]);
        }
    }

    @Test
    void twoWritersAtOnceLoseNothing() throws Exception {
        Path runs = dir.resolve("runs");
        for (int i = 0; i < 40; i++) {
            BundleMaker.in(runs, "run-" + i)
                    .cell("k", BundleMaker.Made.control().reproduced(1, 2))
                    .write();
        }
        List<Path> all;
        try (Stream<Path> bundles = Files.list(runs)) {
            all = bundles.sorted().toList();
        }
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try {
            List<Callable<RunHistory.Imported>> work = new ArrayList<>();
            for (List<Path> part : List.of(all.subList(0, 25), all.subList(15, 40), all)) {
                work.add(() -> {
                    try (RunHistory history = open()) {
                        return history.take(part);
                    }
                });
            }
            for (Future<RunHistory.Imported> done : writers.invokeAll(work)) {
                assertThat(done.get().unread()).isEmpty();
            }
        } finally {
            writers.shutdownNow();
        }
        try (RunHistory history = open()) {
            assertThat(history.ask(Questions::size).runs()).isEqualTo(40);
            assertThat(history.ask(Questions::size).trials()).isEqualTo(80);
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        assertThatThrownBy(() -> RunHistory.open("jdbc:oracle:thin", List.of(), notes::add))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("no database that patchproof knows");
    }

    @Test
    void aPasswordIsNotShown() {
        assertThatThrownBy(() -> RunHistory.open(
                        "jdbc:postgresql://ann:secret@127.0.0.1:1/x?password=secret", List.of(), notes::add))
                .isInstanceOf(TroubleException.class)
                .hasMessageContaining("127.0.0.1:1/x")
                .hasMessageNotContaining("secret");
    }

    private RunHistory open() {
        synchronized (notes) {
            return RunHistory.open(dir.resolve("history.db").toString(), List.of(dir.resolve("runs")), notes::add);
        }
    }
}
