package org.patchproof.build;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchproof.process.CommandResult;

/** Recognises in a failed rpmbuild what is trouble of ours, with its remedy. */
final class BuildTroubles {

    private record Row(Pattern sign, String what, String remedy) {}

    /** As dash, bash (of EL7 too), make and env say it. */
    private static final Pattern NOT_FOUND =
            Pattern.compile("(?m)^\\S*: (?:(?:line )?\\d+: )?\\S+: (?:command )?not found$"
                    + "|^make(?:\\[\\d+\\])?: [\\w.+-]+: (?:No such file or directory|Command not found)$"
                    + "|env: \\S+: No such file or directory$");

    /** What a compiler quotes is the kernel's source, and that speaks of every trouble there is. */
    private static final Pattern QUOTED =
            Pattern.compile("\\s.*|[^\\s:]+:\\d+:(?:\\d+:)? (?:warning: .*|note: .*|error: #error .*)");

    private static final Pattern COMPILE_ERROR = Pattern.compile("(?m)^[^\\s:]+:\\d+:(?:\\d+:)? (?:fatal )?error: ");

    private static final Pattern STOPPED_BY_NOT_FOUND = Pattern.compile("(?m)^make.*: \\*\\*\\* .* Error 127$");

    private static final List<Row> TABLE = List.of(
            new Row(
                    Pattern.compile("No space left on device|Disk quota exceeded|patch: \\*\\*\\*\\* write error"),
                    "the disk is full",
                    "Free some space, or put the runs on another disk with --out DIR."),
            new Row(
                    Pattern.compile(
                            "Killed signal terminated program|memory exhausted|out of memory|Cannot allocate memory"
                                    + "|fork: .*Resource temporarily unavailable|terminated with signal 9"
                                    + "|unable to execute command: Killed|(?m:^\\S+: line \\d+: +\\d+ Killed )"
                                    + "|internal compiler error: Killed|make(?:\\[\\d+\\])?: \\*\\*\\* .* (?:Error 137|Killed)"),
                    "the compiler ran out of memory",
                    "Build on a host with more memory, or with fewer jobs at once (--jobs 1)."),
            new Row(
                    Pattern.compile("Input/output error|Read-only file system"),
                    "the disk does not work",
                    "See dmesg, and put the runs on another disk with --out DIR."),
            new Row(
                    Pattern.compile("error: Failed build dependencies"),
                    "packages that the build needs are missing",
                    "Install those named above, or say nodeps: true in the kernel's YAML where rpm cannot see them."),
            new Row(
                    Pattern.compile(
                            "fatal error: (?:openssl/|elfutils/|g?elf\\.h|libelf\\.h|ncurses\\.h|lzma\\.h)\\S*: No such"
                                    + "|'(?:openssl/|elfutils/|g?elf\\.h|libelf\\.h)\\S*' file not found|please install \\S*lib"),
                    "a library that the build needs is missing",
                    "Run: ./patchproof doctor --install"),
            new Row(NOT_FOUND, "a program that the build needs is missing", "Run: ./patchproof doctor --install"),
            new Row(
                    Pattern.compile("error: (?:Unable to open|line \\d+: Unknown|Macro %\\S+ has)"),
                    "rpm could not read the spec",
                    "See the log: a macro of another distribution may be missing on this host."));

    private BuildTroubles() {}

    /** The trouble that the output of {@code result} shows, if any. */
    static Optional<BuildTroubleException> recognise(CommandResult result, String doing, String limitKey) {
        if (result.ending() == CommandResult.Ending.TIMED_OUT) {
            return Optional.of(trouble(
                    result,
                    doing,
                    "it took more than " + result.command().timeout().toMinutes() + " min",
                    "Give it more time: " + limitKey + " in the kernel's YAML."));
        }
        if (result.ending() == CommandResult.Ending.CANCELLED) {
            return Optional.of(trouble(result, doing, result.reason(), "Run it again."));
        }
        if (result.ending() != CommandResult.Ending.EXITED) {
            return Optional.of(trouble(result, doing, result.reason(), "Run: ./patchproof doctor --install"));
        }
        if (result.exitCode() == 137) {
            return Optional.of(trouble(result, doing, "it was killed", "See dmesg: was the host out of memory?"));
        }
        String said = result.output()
                .lines()
                .filter(line -> !QUOTED.matcher(line).matches())
                .collect(Collectors.joining("\n"));
        return TABLE.stream()
                .filter(row -> row.sign().matcher(said).find())
                .filter(row -> row.sign() != NOT_FOUND || notFoundIsWhy(said))
                .findFirst()
                .map(row -> trouble(result, doing, row.what(), row.remedy()));
    }

    /** Scripts try for programs that they can do without: a compile error tells more, unless make stopped for this. */
    private static boolean notFoundIsWhy(String said) {
        return STOPPED_BY_NOT_FOUND.matcher(said).find()
                || !COMPILE_ERROR.matcher(said).find();
    }

    /** The trouble that {@code result} shows, known or not. */
    static BuildTroubleException of(CommandResult result, String doing, String limitKey) {
        return recognise(result, doing, limitKey)
                .orElseGet(() -> trouble(result, doing, result.reason(), "See the lines above and the log."));
    }

    private static BuildTroubleException trouble(CommandResult result, String doing, String what, String remedy) {
        return new BuildTroubleException(doing + ": " + what + "\n" + result.transcript(), remedy);
    }
}
