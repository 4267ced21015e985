package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.files.FileDigest;
import org.patchproof.history.Answers;
import org.patchproof.history.Questions;
import org.patchproof.history.Questions.Filter;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;
import org.patchproof.verdict.Verdict.Word;

/** What every database must answer alike: five runs, and the questions to them. */
final class HistorySpecs {
    private static final Numbers.Count THREE = new Numbers.Count(3, 3, 5, 3);

    private HistorySpecs() {}

    static void bundles(Path runs) throws IOException {
        Word[] fixed = {Word.FIXED, Word.INCONCLUSIVE, Word.FIXED, Word.STILL_REPRODUCES, Word.STILL_REPRODUCES};
        for (int i = 0; i < fixed.length; i++) {
            BundleMaker.in(runs, "r" + (i + 1))
                    .started(BundleMaker.EPOCH.plus(Duration.ofDays(i)))
                    .source((i < 3 ? "5" : "6").repeat(64))
                    .cell(
                            "k",
                            control().reproduced(2, 2, 1).claims(verdict(Word.REPRODUCED)),
                            candidate("fixed").clean(4, 4).claims(verdict(fixed[i])))
                    .write();
        }
    }

    private static Verdict verdict(Word word) {
        Numbers numbers = word == Word.REPRODUCED
                ? new Numbers(
                        THREE,
                        Numbers.Count.NONE,
                        Numbers.NONE.fisherP(),
                        Numbers.NONE.missProbability(),
                        Numbers.NONE.residual(),
                        Numbers.NONE.trialRate(),
                        Numbers.NONE.exposureRate(),
                        Numbers.NONE.confidence(),
                        List.of())
                : Numbers.NONE;
        return new Verdict(word, "so it is", numbers, word + ": so it is.", Optional.empty());
    }

    static void ask(RunHistory history) throws Exception {
        assertThat(history.ask(Questions::size)).isEqualTo(new Answers.Size(5, 10, 25));
        List<Answers.VerdictAt> verdicts =
                history.ask(q -> q.verdicts(new Filter(Optional.of("k"), Optional.of("fixed"), Optional.empty()), 4));
        assertThat(verdicts)
                .extracting(v -> v.run() + " " + v.verdict())
                .containsExactly("r5 STILL_REPRODUCES", "r4 STILL_REPRODUCES", "r3 FIXED", "r2 INCONCLUSIVE");
        List<Answers.VerdictAt> all = history.ask(q -> q.verdicts(Filter.ALL, 2));
        assertThat(all).extracting(Answers.VerdictAt::role).containsExactly("CONTROL", "CANDIDATE");
        assertThat(all.get(0).exposures()).isEqualTo(5);
        assertThatList(history.ask(
                        q -> q.verdicts(new Filter(Optional.of("other"), Optional.empty(), Optional.empty()), 9)))
                .isEmpty();

        String fix = patch(verdicts.get(0), "fixed/patches/0002.patch");
        assertThatList(history.ask(q -> q.verdicts(byPatch(fix.substring(0, 10)), 99)))
                .hasSize(5);
        assertThatList(history.ask(q -> q.verdicts(byPatch("0".repeat(10)), 99)))
                .isEmpty();

        Answers.Turn turn = history.ask(q -> q.turns(Filter.ALL)).get(0);
        assertThat(turn.lastGood().orElseThrow().run()).isEqualTo("r3");
        assertThat(turn.firstBad().run()).isEqualTo("r4");
        assertThat(turn.sourceChanged()).isTrue();
        assertThat(turn.patchesChanged()).isFalse();
        assertThatList(history.ask(q -> q.turns(Filter.ALL)))
                .as("the control is good now")
                .hasSize(1);

        Answers.Flaky flaky = history.ask(Questions::flaky).get(0);
        assertThatList(history.ask(Questions::flaky)).hasSize(1);
        assertThat(flaky.variant() + " " + flaky.good() + " " + flaky.bad() + " " + flaky.inconclusive())
                .isEqualTo("fixed 2 0 1");

        assertThatList(history.ask(Questions::times))
                .contains(new Answers.Times(
                        "k",
                        "control",
                        5,
                        Optional.of(Duration.ofSeconds(80)),
                        15,
                        Optional.of(Duration.ofSeconds(62)),
                        Optional.of(Duration.ofSeconds(62))));

        String rpm = patch(verdicts.get(1), "fixed/rpms/kernel.rpm");
        assertThatList(history.ask(q -> q.proves(rpm)))
                .extracting(v -> v.variant() + " " + v.run())
                .contains("fixed r4")
                .allMatch(line -> line.startsWith("fixed "));
        assertThatList(history.ask(q -> q.proves("0".repeat(64)))).isEmpty();
    }

    private static Filter byPatch(String digest) {
        return new Filter(Optional.empty(), Optional.empty(), Optional.of(digest));
    }

    private static String patch(Answers.VerdictAt of, String file) throws IOException {
        return FileDigest.sha256(Path.of(of.directory(), "k").resolve(file));
    }
}
