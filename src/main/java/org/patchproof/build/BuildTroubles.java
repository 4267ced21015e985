package org.patchproof.build;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchproof.process.CommandResult;

/** Recognises in a failed rpmbuild what is trouble of ours, with its remedy. */
final class BuildTroubles {

    private record Row(Pattern sign, String what, String remedy) {}

    private record Trouble(String what, String remedy) {}

    /** What a shell says of a program that was ended by a signal: 128 + its number. */
    private static final int SIGNALLED = 128;

    private static final int MOST_SIGNAL = 64;
    private static final int SIGKILL = 9;

    /**
     * What a compiler quotes is the kernel's source, and what bash traces is the spec's: both may speak of
     * every trouble there is. Of compilers only that is heard which they say of files, not of the source.
     */
    private static final Pattern QUOTED = Pattern.compile("\\s.*|\\++ .*|[^\\s:]+:\\d+:(?:\\d+:)? "
            + "(?!(?:fatal )?error: (?:error (?:writing|closing|reading|opening) |when writing output|can[’']t "
            + "|cannot |unable to |\\S+: (?:No such file|Cannot allocate|Input/output)|'\\S+' file not found)"
            + "|internal compiler error: ).*");

    /** As QUOTED keeps them in, for the words of missing programs and headers. */
    private static final Pattern STOPPED_BY_NOT_FOUND = Pattern.compile("(?m)^make.*: \\*\\*\\* .* Error 127$");

    private static final List<Row> TABLE = List.of(
            new Row(
                    Pattern.compile("No space left on device|Disk quota exceeded|patch: \\*\\*\\*\\* write error"),
                    "the disk is full",
                    FullDisk.REMEDY),
            new Row(
                    Pattern.compile(
                            "Killed signal terminated program|memory exhausted|[Oo]ut of memory|Cannot allocate memory"
                                    + "|fork: .*Resource temporarily unavailable|terminated with signal 9"
                                    + "|unable to execute command: Killed|(?m:^\\S+: line \\d+: +\\d+ Killed )"
                                    + "|internal compiler error: Killed|failed to map segment from shared object"
                                    + "|(?m:^make(?:\\[\\d+\\])?: \\*\\*\\* .* (?:Error 137|Killed)$)"),
                    "the compiler ran out of memory",
                    "Build on a host with more memory, or with fewer jobs at once (--jobs 1)."),
            new Row(
                    Pattern.compile("Input/output error|Read-only file system"),
                    "the disk does not work",
                    "See dmesg, and put the runs on another disk with --out DIR."),
            new Row(
                    Pattern.compile(
                            "internal compiler error: |signal terminated program|PLEASE (?:ATTACH|submit a bug report)"
                                    + "|(?m:^\\S+: line \\d+: +\\d+ (?:Segmentation fault|Bus error|Illegal instruction|Aborted) )"
                                    + "|make(?:\\[\\d+\\])?: \\*\\*\\* .* (?:Error 13[2459]|Segmentation fault|Bus error)"),
                    "the compiler, or a tool that the build calls, crashed",
                    "Run it again. If it crashes at the same place, use another compiler; if not, test the memory."),
            new Row(
                    Pattern.compile("(?m:^\\S+: line \\d+: +\\d+ Terminated )"
                            + "|(?m:^make(?:\\[\\d+\\])?: \\*\\*\\* .* (?:Error 143|Terminated|Hangup|Interrupt)$)"),
                    "somebody ended a program of the build",
                    "Run it again."),
            new Row(
                    Pattern.compile("error while loading shared libraries: "),
                    "a program of the build does not start",
                    "Install its package again: a library that it wants is missing."),
            new Row(
                    Pattern.compile("error: (?:Unable to open|line \\d+: Unknown|Macro %\\S+ has)"),
                    "rpm could not read the spec",
                    "See the log: a macro of another distribution may be missing on this host."));

    private BuildTroubles() {}

    /** The trouble that the output of {@code result} shows, if any. */
    static Optional<BuildTroubleException> recognise(CommandResult result, String doing, String limitKey) {
        Optional<Trouble> end = end(result, limitKey);
        return (end.isPresent() ? end : said(result.output()))
                .map(trouble -> trouble(result, doing, trouble.what(), trouble.remedy()));
    }

    /** How it ended tells more than what it said. */
    private static Optional<Trouble> end(CommandResult result, String limitKey) {
        int signal = result.exitCode() - SIGNALLED;
        if (result.ending() == CommandResult.Ending.TIMED_OUT) {
            return Optional.of(new Trouble(
                    "it took more than " + result.command().timeout().toMinutes() + " min",
                    "Give it more time: " + limitKey + " in the kernel's YAML."));
        }
        if (result.ending() == CommandResult.Ending.CANCELLED) {
            return Optional.of(new Trouble(result.reason(), "Run it again."));
        }
        if (result.ending() != CommandResult.Ending.EXITED) {
            return Optional.of(new Trouble(result.reason(), "Run: ./patchproof doctor --install"));
        }
        if (signal == SIGKILL) {
            return Optional.of(new Trouble("it was killed", "See dmesg: was the host out of memory?"));
        }
        return signal > 0 && signal <= MOST_SIGNAL
                ? Optional.of(new Trouble("it was ended by signal " + signal, "Run it again."))
                : Optional.empty();
    }

    private static Optional<Trouble> said(String output) {
        List<String> lines =
                output.lines().filter(line -> !QUOTED.matcher(line).matches()).toList();
        String said = String.join("\n", lines);
        Optional<Trouble> known = TABLE.stream()
                .filter(row -> row.sign().matcher(said).find())
                .findFirst()
                .map(row -> new Trouble(row.what(), row.remedy()));
        return known.isPresent() ? known : missing(output, lines);
    }

    private static Optional<Trouble> missing(String output, List<String> lines) {
        if (output.contains("error: Failed build dependencies")) {
            Set<String> required = BuildNeeds.required(output.lines().toList());
            return Optional.of(
                    new Trouble("packages that the build needs are missing", BuildNeeds.installRequired(required)));
        }
        Set<String> headers = BuildNeeds.headers(lines);
        if (!headers.isEmpty()) {
            return Optional.of(
                    new Trouble("a library that the build needs is missing", BuildNeeds.install("header", headers)));
        }
        Set<String> programs = BuildNeeds.programs(lines);
        return !programs.isEmpty() && notFoundIsWhy(output)
                ? Optional.of(new Trouble(
                        "a program that the build needs is missing", BuildNeeds.install("program", programs)))
                : Optional.empty();
    }

    /** Scripts try for programs that they can do without: a compile error tells more, unless make stopped for this. */
    private static boolean notFoundIsWhy(String output) {
        return STOPPED_BY_NOT_FOUND.matcher(output).find() || output.lines().noneMatch(ErrorLines::isCompileError);
    }

    /** The trouble that {@code result} shows, known or not. */
    static BuildTroubleException of(CommandResult result, String doing, String limitKey) {
        return recognise(result, doing, limitKey)
                .orElseGet(() -> trouble(result, doing, result.reason(), "See the lines above and the log."));
    }

    static BuildTroubleException trouble(CommandResult result, String doing, String what, String remedy) {
        return new BuildTroubleException(doing + ": " + what + "\n" + result.transcript(), remedy);
    }
}
