package org.patchproof.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.patchproof.history.Answers;
import org.patchproof.history.Questions;
import org.patchproof.pipeline.RunHistory;
import org.patchproof.pipeline.WrongRequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof history}: questions over time. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What earlier runs showed. Before it answers it takes in the bundles that are new in --runs."
                    + " The history is a file beside the runs, or a PostgreSQL database for a team; it is made"
                    + " from the bundles, and made again from them when it is damaged.",
            "",
            "verdicts  over time, newest first",
            "turns     what is bad now: good last, bad first, and what changed between",
            "flaky     tried more than once, the same each time, with different ends",
            "times     how long builds and trials took",
            "proves    which bundle proves an RPM",
            "import    takes in bundles, also old ones"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof history verdicts --kernel linux-6.1",
            "  patchproof history turns                     bad now: good last, and bad first",
            "  patchproof history flaky",
            "  patchproof history times",
            "  patchproof history proves kernel-6.1.192-1.pp.fixed.x86_64.rpm",
            "  patchproof history import agent-1/runs --db jdbc:postgresql://ci/patchproof",
            "",
            "Exit codes: 0 answered; 2 wrong request; 4 the database cannot be reached."
        })
final class HistoryCommand implements Callable<Integer> {
    /** One command for all questions: a subcommand for each would slow the start of every other command. */
    private static final List<String> QUESTIONS = List.of("import", "verdicts", "turns", "flaky", "times", "proves");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "QUESTION",
            description = "verdicts, turns, flaky, times or proves; or import. Default: how much there is.")
    private String question;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WHAT",
            description = "For proves: an RPM, or its sha256. For import: directories with bundles.")
    private List<String> what = List.of();

    @Option(names = "--kernel", paramLabel = "KERNEL", description = "Only of this kernel (verdicts, turns).")
    private String kernel;

    @Option(names = "--variant", paramLabel = "VARIANT", description = "Only of this variant (verdicts, turns).")
    private String variant;

    @Option(
            names = "--patch",
            paramLabel = "FILE|SHA256",
            description =
                    "Only where this patch is in the series (verdicts, turns): the file, or how its sha256 begins.")
    private String patch;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "50",
            description = "So many verdicts. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = "--db",
            paramLabel = "FILE|URL",
            description = "Where the history is: a file (SQLite) or a URL jdbc:postgresql://HOST/NAME?user=..."
                    + " Default: PATCHPROOF_HISTORY, else history.db in the runs.")
    private String place;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where bundles are. Default: ${DEFAULT-VALUE}.",
            defaultValue = "runs")
    private Path runs;

    @Option(names = "--json", description = "The answer as JSON on standard output.")
    private boolean json;

    private final Screen screen;

    HistoryCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (question == null) {
            return sum();
        }
        return switch (question) {
            case "import" ->
                take(
                        what.isEmpty()
                                ? List.of(runs)
                                : what.stream().map(Path::of).toList());
            case "verdicts" -> answer(q -> q.verdicts(filter(), most), HistoryTables::verdicts);
            case "turns" -> answer(q -> q.turns(filter()), HistoryTables::turns);
            case "flaky" -> answer(Questions::flaky, HistoryTables::flaky);
            case "times" -> answer(Questions::times, HistoryTables::times);
            case "proves" -> proves();
            default ->
                throw new WrongRequestException(
                        "history knows no question '" + question + "'",
                        "It knows: " + String.join(", ", QUESTIONS) + ".");
        };
    }

    /** Without a question: how much there is, and the newest verdicts. */
    private int sum() {
        try (RunHistory history = open()) {
            Answers.Size size = history.ask(Questions::size);
            List<Answers.VerdictAt> newest = history.ask(q -> q.verdicts(Questions.Filter.ALL, 10));
            if (json) {
                print(Map.of("size", size, "newest", newest));
            } else {
                screen.out()
                        .println(size.runs() + " runs, " + size.verdicts() + " verdicts, " + size.trials() + " trials");
                HistoryTables.verdicts(newest).forEach(screen.out()::println);
            }
            return 0;
        }
    }

    private int take(List<Path> from) {
        try (RunHistory history = RunHistory.open(place(), from, this::note)) {
            RunHistory.Imported done = history.take(from);
            if (json) {
                print(Map.of("taken", done.taken(), "known", done.known(), "unread", done.unread()));
            } else {
                screen.out().println(done.taken() + " taken in, " + done.known() + " known already");
                done.unread().forEach(words -> screen.out().println("Not read: " + words));
            }
            return done.unread().isEmpty() ? 0 : 4;
        }
    }

    private int proves() {
        if (what.size() != 1) {
            throw new WrongRequestException("history proves wants one RPM", "Give the file, or its sha256.");
        }
        String digest = digest(what.get(0));
        if (digest.length() != 64) {
            throw new WrongRequestException(
                    what.get(0) + ": no such file, and no sha256", "Give the RPM, or all 64 digits.");
        }
        return answer(q -> q.proves(digest), found -> HistoryTables.proves(digest, found));
    }

    private <T> int answer(RunHistory.Question<List<T>> asked, Function<List<T>, List<String>> table) {
        if (!question.equals("proves") && !what.isEmpty()) {
            throw new WrongRequestException(
                    "there is no place for '" + what.get(0) + "'", "Help: patchproof history --help");
        }
        try (RunHistory history = open()) {
            List<T> found = history.ask(asked);
            if (json) {
                print(Map.of(question, found));
            } else {
                table.apply(found).forEach(screen.out()::println);
            }
            return 0;
        }
    }

    private RunHistory open() {
        List<Path> places = Files.isDirectory(runs) ? List.of(runs) : List.of();
        RunHistory history = RunHistory.open(place(), places, this::note);
        try {
            history.takeNew().forEach(words -> note("not read: " + words));
            return history;
        } catch (RuntimeException e) {
            history.close();
            throw e;
        }
    }

    private String place() {
        String asked = screen.environment().getOrDefault("PATCHPROOF_HISTORY", "");
        return place != null
                ? place
                : !asked.isEmpty() ? asked : runs.resolve("history.db").toString();
    }

    private void note(String words) {
        screen.err().println("patchproof: " + org.patchproof.report.Words.harmless(words));
    }

    private Questions.Filter filter() {
        return new Questions.Filter(
                Optional.ofNullable(kernel),
                Optional.ofNullable(variant),
                Optional.ofNullable(patch).map(HistoryCommand::digest));
    }

    /** Of a file its digest; else what was typed, if it can be the start of one. */
    private static String digest(String given) {
        Path file = Path.of(given);
        if (Files.isRegularFile(file)) {
            try {
                return RunHistory.sha256(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String digits = given.toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{6,64}")) {
            throw new WrongRequestException(
                    given + ": no such file, and no sha256 (6 to 64 hex digits)", "See sha256sum FILE.");
        }
        return digits;
    }

    private void print(Map<String, ?> document) {
        screen.out().println(Json.of(new LinkedHashMap<>(document)));
    }
}
