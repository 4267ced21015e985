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

    /** gcc says first from where a header comes; clang too, one line for each. */
    private static final Pattern INCLUDED =
            Pattern.compile("^(?:In file included|\\s+)\\s?from (?<file>[^\\s:]+):\\d+(?::\\d+)?[,:]$");

    private final List<String> errors = new ArrayList<>();
    private final List<String> makeErrors = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private final List<String> last = new ArrayList<>();
    private final List<String> included = new ArrayList<>();
    private Optional<ErrorPlace> place = Optional.empty();
    private Optional<ErrorPlace> lastWarning = Optional.empty();
    private String lastWarningLine = "";
    private boolean inChain;
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
        if (hearChain(line)) {
            return;
        }
        if (ErrorLines.isError(line)) {
            error(line);
        } else if (errors.size() == 1
                && place.isEmpty()
                && ErrorLines.referrer(line).isPresent()) {
            place = ErrorLines.referrer(line);
        } else if (MAKE.matcher(line).matches()) {
            keep(makeErrors, line);
        } else if (REJECTED.stream().anyMatch(pattern -> pattern.matcher(line).matches())) {
            keep(rejections, line);
        }
    }

    /** The lines above an error in a header, that say which file included it. */
    private boolean hearChain(String line) {
        Matcher from = INCLUDED.matcher(line);
        if (from.matches()) {
            if (!inChain) {
                included.clear();
            }
            inChain = true;
            keep(included, from.group("file"));
            return true;
        }
        inChain = false;
        Optional<ErrorPlace> warning = ErrorLines.warning(line);
        if (warning.isPresent()) {
            lastWarning = warning.map(place -> place.includedFrom(included));
            lastWarningLine = line;
            included.clear();
        }
        return warning.isPresent();
    }

    private void error(String line) {
        Optional<ErrorPlace> named = ErrorLines.place(line).map(found -> found.includedFrom(included));
        included.clear();
        if (errors.isEmpty()) {
            if (named.isEmpty() && ErrorLines.makesWarningsCount(line) && lastWarning.isPresent()) {
                keep(errors, lastWarningLine);
                named = lastWarning;
            }
            place = named;
        }
        keep(errors, line);
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

    /** The file that the first error is in, when it names one. */
    Optional<ErrorPlace> place() {
        return place;
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
