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
                    + " from the bundles, and made again from them when it is damaged."
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
        },
        synopsisSubcommandLabel = "QUESTION")
final class HistoryCommand implements Runnable {
    @Option(
            names = "--db",
            paramLabel = "FILE|URL",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Where the history is: a file (SQLite) or a URL jdbc:postgresql://HOST/NAME?user=..."
                    + " Default: PATCHPROOF_HISTORY, else history.db in the runs.")
    private String place;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Where bundles are. Default: ${DEFAULT-VALUE}.",
            defaultValue = "runs")
    private Path runs;

    @Option(
            names = "--json",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "The answer as JSON on standard output.")
    private boolean json;

    private final Screen screen;

    HistoryCommand(Screen screen) {
        this.screen = screen;
    }

    /** Without a question: how much there is, and the newest verdicts. */
    @Override
    public void run() {
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
        }
    }

    @Command(name = "import", mixinStandardHelpOptions = true, description = "Takes in bundles, also old ones.")
    int take(
            @Parameters(
                            paramLabel = "DIR",
                            arity = "0..*",
                            description = "A bundle, or a directory that holds bundles. Default: --runs.")
                    List<Path> directories) {
        List<Path> from = directories == null || directories.isEmpty() ? List.of(runs) : directories;
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

    @Command(
            name = "verdicts",
            mixinStandardHelpOptions = true,
            description = "The verdicts of a kernel, a variant or a patch over time, newest first.")
    int verdicts(
            @Option(names = "--kernel", paramLabel = "KERNEL", description = "Only of this kernel.") String kernel,
            @Option(names = "--variant", paramLabel = "VARIANT", description = "Only of this variant.") String variant,
            @Option(
                            names = "--patch",
                            paramLabel = "FILE|SHA256",
                            description = "Only where this patch is in the series: the file, or how its sha256 begins.")
                    String patch,
            @Option(
                            names = "--most",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "So many. Default: ${DEFAULT-VALUE}.")
                    int most) {
        Questions.Filter filter = filter(kernel, variant, patch);
        try (RunHistory history = open()) {
            List<Answers.VerdictAt> found = history.ask(q -> q.verdicts(filter, most));
            show("verdicts", found, HistoryTables.verdicts(found));
            return 0;
        }
    }

    @Command(
            name = "turns",
            mixinStandardHelpOptions = true,
            description = "What is bad now: its last good verdict, its first bad one, and what changed between them.")
    int turns(
            @Option(names = "--kernel", paramLabel = "KERNEL", description = "Only of this kernel.") String kernel,
            @Option(names = "--variant", paramLabel = "VARIANT", description = "Only of this variant.")
                    String variant) {
        try (RunHistory history = open()) {
            List<Answers.Turn> found = history.ask(q -> q.turns(filter(kernel, variant, null)));
            show("turns", found, HistoryTables.turns(found));
            return 0;
        }
    }

    @Command(
            name = "flaky",
            mixinStandardHelpOptions = true,
            description = "What was tried more than once, the same each time, and did not end the same each time.")
    int flaky() {
        try (RunHistory history = open()) {
            List<Answers.Flaky> found = history.ask(Questions::flaky);
            show("flaky", found, HistoryTables.flaky(found));
            return 0;
        }
    }

    @Command(
            name = "times",
            mixinStandardHelpOptions = true,
            description = "How long builds and trials took: what the next will take.")
    int times() {
        try (RunHistory history = open()) {
            List<Answers.Times> found = history.ask(Questions::times);
            show("times", found, HistoryTables.times(found));
            return 0;
        }
    }

    @Command(name = "proves", mixinStandardHelpOptions = true, description = "Which bundle proves an RPM.")
    int proves(
            @Parameters(paramLabel = "RPM|SHA256", description = "The file, or the sha256 of it, 64 hex digits.")
                    String rpm) {
        String digest = digest(rpm);
        if (digest.length() != 64) {
            throw new WrongRequestException(rpm + ": no such file, and no sha256", "Give the RPM, or all 64 digits.");
        }
        try (RunHistory history = open()) {
            List<Answers.VerdictAt> found = history.ask(q -> q.proves(digest));
            show("proves", found, HistoryTables.proves(digest, found));
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

    private static Questions.Filter filter(String kernel, String variant, String patch) {
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

    private void show(String name, List<?> answer, List<String> lines) {
        if (json) {
            print(Map.of(name, answer));
        } else {
            lines.forEach(screen.out()::println);
        }
    }

    private void print(Map<String, ?> document) {
        screen.out().println(Json.of(new LinkedHashMap<>(document)));
    }
}
