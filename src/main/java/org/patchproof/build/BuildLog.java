package org.patchproof.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Listens to rpmbuild's output and keeps what tells why it failed. Pure; bounded. */
final class BuildLog {
    private static final int MOST_LINES = 40;
    private static final int LAST_LINES = 15;

    /** gcc and clang: file:line:column: error: text. */
    private static final Pattern COMPILE_ERROR =
            Pattern.compile("^(?<file>[^\\s:]+):(?<line>\\d+):(?:\\d+:)? (?:fatal )?error: .*");

    /** The assembler, the drivers, linkers, modpost (of 3.10 too). */
    private static final List<Pattern> OTHER_ERRORS = List.of(
            Pattern.compile("^[^\\s:]+:\\d+: Error: .*"),
            Pattern.compile("^\\S*(?:cc1|gcc|clang): (?:(?:fatal )?error: .*|.* treated as errors)"),
            Pattern.compile(
                    "^\\S*(?:ld|ld\\.bfd|ld\\.lld): (?!.*\\bwarning: ).*(?:undefined reference|undefined symbol|cannot find).*"),
            Pattern.compile(
                    "^[^\\s:]+:(?:\\d+:)?(?:\\(\\S+\\):)? (?:undefined reference to|multiple definition of) .*"),
            Pattern.compile("^ERROR: modpost: .*"),
            Pattern.compile("^ERROR: \"\\S+\" \\[\\S+\\] undefined!$"));

    private static final Pattern MAKE = Pattern.compile("^make(?:\\[\\d+\\])?: \\*\\*\\* .*");

    private static final List<Pattern> REJECTED = List.of(
            Pattern.compile("^\\d+ out of \\d+ hunks? (?:FAILED|ignored).*"),
            Pattern.compile("^Hunk #\\d+ FAILED at .*"),
            Pattern.compile("^error: patch failed: .*"),
            Pattern.compile("^error: .*: patch does not apply$"),
            Pattern.compile("^ERROR: Patch +\\S+ +not listed as a source patch in specfile$"),
            Pattern.compile("^error: .*: (?:does not exist in|already exists in) (?:index|working directory)$"),
            Pattern.compile("^can't find file to patch at input line \\d+.*"),
            Pattern.compile("^patch: \\*\\*\\*\\* .*"),
            Pattern.compile("^Reversed \\(or previously applied\\) patch detected!.*"));

    private static final Pattern OBJECT = Pattern.compile("^  (?:CC|AS|LD|AR|HOSTCC) .*");

    private final List<String> errors = new ArrayList<>();
    private final List<String> makeErrors = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private final List<String> last = new ArrayList<>();
    private Optional<String> firstErrorFile = Optional.empty();
    private int objects;

    /** Hears the next line. */
    void accept(String line) {
        if (OBJECT.matcher(line).matches()) {
            objects++;
            return;
        }
        last.add(line);
        if (last.size() > LAST_LINES) {
            last.remove(0);
        }
        Matcher compile = COMPILE_ERROR.matcher(line);
        if (compile.matches()) {
            if (firstErrorFile.isEmpty()) {
                firstErrorFile = Optional.of(compile.group("file"));
            }
            keep(errors, line);
        } else if (OTHER_ERRORS.stream()
                .anyMatch(pattern -> pattern.matcher(line).matches())) {
            keep(errors, line);
        } else if (MAKE.matcher(line).matches()) {
            keep(makeErrors, line);
        } else if (REJECTED.stream().anyMatch(pattern -> pattern.matcher(line).matches())) {
            keep(rejections, line);
        }
    }

    private static void keep(List<String> lines, String line) {
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    /** How many objects make has reported. */
    int objects() {
        return objects;
    }

    /** Errors of compiler, linker and modpost in order, then those of make. */
    List<String> errors() {
        return Stream.concat(errors.stream(), makeErrors.stream())
                .limit(MOST_LINES)
                .toList();
    }

    /** The source file that the first compile error names. */
    Optional<String> firstErrorFile() {
        return firstErrorFile;
    }

    /** What patch and git apply, or the spec around them, complained of. */
    List<String> rejections() {
        return List.copyOf(rejections);
    }

    /** The last lines of all. */
    List<String> last() {
        return List.copyOf(last);
    }
}
