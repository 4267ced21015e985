package org.patchproof.build;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which lines of a build's output are errors, and which file they speak of. Pure. */
final class ErrorLines {
    /** gcc and clang: file:line:column: error: text. */
    private static final Pattern COMPILE =
            Pattern.compile("^(?<file>[^\\s:]+):(?<line>\\d+):(?:\\d+:)? (?:fatal )?error: .*");

    /** The assembler, linkers, objtool, kconfig: with the file that they name. */
    private static final List<Pattern> WITH_FILE = List.of(
            COMPILE,
            Pattern.compile("^(?<file>[^\\s:]+):(?<line>\\d+): Error: .*"),
            Pattern.compile("^(?:\\S*ld(?:\\.\\w+)?: )?(?<file>[^\\s:]+):(?:(?<line>\\d+):|\\(\\S+\\):)"
                    + " (?:undefined reference to|multiple definition of) .*"),
            // CONFIG_OBJTOOL_WERROR, since 6.15; before, objtool only warned.
            Pattern.compile("^(?<file>[^\\s:]+\\.o): error: objtool: .*"),
            Pattern.compile(
                    "^(?<file>[^\\s:]*Kconfig[^\\s:]*):(?<line>\\d+): ?(?:error: ?|syntax error|unknown (?:option|statement)|unexpected ).*"));

    private static final Pattern WARNING = Pattern.compile("^(?<file>[^\\s:]+):(?<line>\\d+):(?:\\d+:)? warning: .*");

    /** {@code cc1: all warnings being treated as errors}, {@code cc1: some warnings being treated as errors}. */
    private static final Pattern WARNINGS_COUNT = Pattern.compile("^\\S*(?:cc1|gcc|clang): .* treated as errors$");

    /** The drivers, linkers, modpost (of 3.10 too), the steps that link vmlinux. */
    private static final List<Pattern> WITHOUT_FILE = List.of(
            WARNINGS_COUNT,
            Pattern.compile("^\\S*(?:cc1|gcc|clang): (?:fatal )?error: .*"),
            Pattern.compile(
                    "^\\S*(?:ld|ld\\.bfd|ld\\.lld): (?!.*\\bwarning: ).*(?:undefined reference|undefined symbol|cannot find|multiple definition).*"),
            Pattern.compile("^(?:ERROR|FATAL): modpost: .*"),
            Pattern.compile("^ERROR: \"\\S+\" \\[\\S+\\] undefined!$"),
            Pattern.compile("^FATAL: (?:section|.*Section) mismatch.*"),
            Pattern.compile("^error: objtool: .*"),
            Pattern.compile("^FAILED:? (?:load BTF|unresolved symbol|elf_update).*"),
            Pattern.compile("^(?:Inconsistent kallsyms data|kallsyms failure: .*)"));

    /** ld.lld's second line. */
    private static final Pattern REFERENCED =
            Pattern.compile("^>>> referenced by (?:\\S+ \\()?(?<file>[^\\s:()]+):(?<line>\\d+)\\)?$");

    private ErrorLines() {}

    /** Whether {@code line} is an error of compiler, assembler, linker, modpost, objtool or kconfig. */
    static boolean isError(String line) {
        return WITH_FILE.stream().anyMatch(pattern -> pattern.matcher(line).matches())
                || WITHOUT_FILE.stream()
                        .anyMatch(pattern -> pattern.matcher(line).matches());
    }

    /** Whether {@code line} is an error of a compiler, in its source. */
    static boolean isCompileError(String line) {
        return COMPILE.matcher(line).matches();
    }

    /** Whether {@code line} says that a warning above it was the error. */
    static boolean makesWarningsCount(String line) {
        return WARNINGS_COUNT.matcher(line).matches();
    }

    /** Where a compiler's warning stands; empty when {@code line} is none. */
    static Optional<ErrorPlace> warning(String line) {
        return place(WARNING, line);
    }

    /** Where the error of {@code line} stands; empty when it names no file. */
    static Optional<ErrorPlace> place(String line) {
        return WITH_FILE.stream()
                .flatMap(pattern -> place(pattern, line).stream())
                .findFirst();
    }

    /** Of which file the linker's error in the line above speaks; empty when {@code line} says no such thing. */
    static Optional<ErrorPlace> referrer(String line) {
        return place(REFERENCED, line);
    }

    private static Optional<ErrorPlace> place(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? Optional.of(new ErrorPlace(matcher.group("file"), List.of())) : Optional.empty();
    }
}
