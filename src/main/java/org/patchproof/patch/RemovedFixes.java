package org.patchproof.patch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchproof.patch.LintFinding.Kind;
import org.patchproof.patch.LintFinding.Severity;

/** Finds patches that take out what a known fix puts in. */
public final class RemovedFixes {
    /** Braces and the like are in every patch and say nothing. */
    private static final int TELLING = 6;

    private RemovedFixes() {}

    /**
     * A warning for each file out of which {@code patch} takes one of {@code fixes}: all telling lines that the fix
     * adds to some file are among those that the patch takes out of the same file and does not put in
     * again. White space does not count.
     */
    public static List<LintFinding> find(Patch patch, List<Patch> fixes) {
        List<LintFinding> findings = new ArrayList<>();
        for (TouchedFile file : patch.files()) {
            Set<String> removed = lines(file, '-');
            removed.removeAll(lines(file, '+'));
            List<String> names = fixes.stream()
                    .filter(fix -> !fix.sha256().equals(patch.sha256()))
                    .filter(fix -> takesOut(fix, file.path(), removed))
                    .map(Patch::name)
                    .distinct()
                    .toList();
            if (!names.isEmpty()) {
                findings.add(new LintFinding(
                        patch.name(),
                        file.hunks().get(0).line(),
                        1,
                        Severity.WARNING,
                        Kind.REMOVES_FIX,
                        "it takes out of " + file.path() + " the fix that " + String.join(", ", names)
                                + (names.size() == 1 ? " puts in" : " put in"),
                        "right for a control, which must show the bug; never ship it"));
            }
        }
        return findings;
    }

    private static boolean takesOut(Patch fix, String path, Set<String> removed) {
        return fix.files().stream().filter(f -> f.path().equals(path)).anyMatch(f -> {
            Set<String> added = lines(f, '+');
            added.removeAll(lines(f, '-'));
            return !added.isEmpty() && removed.containsAll(added);
        });
    }

    private static Set<String> lines(TouchedFile file, char mark) {
        return file.hunks().stream()
                .flatMap(hunk -> hunk.lines().stream())
                .filter(line -> line.charAt(0) == mark)
                .map(line -> line.substring(1).replaceAll("\\s+", " ").strip())
                .filter(line -> line.length() >= TELLING)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
