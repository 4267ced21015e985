package org.patchproof.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is wrong, so that reading goes on after the first mistake. The same problem counts once. */
final class Problems {
    /** Nobody reads more; a file of noise must not fill the screen. */
    static final int PER_FILE = 100;

    private static final Comparator<Problem> DOWN_THE_FILE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final Map<Path, Set<Problem>> byFile = new LinkedHashMap<>();

    void add(Problem problem) {
        Set<Problem> ofFile = byFile.computeIfAbsent(problem.file(), f -> new LinkedHashSet<>());
        if (ofFile.size() < PER_FILE) {
            ofFile.add(problem);
        }
    }

    /** Trouble with a file as a whole. */
    void add(Path file, String message, String remedy) {
        add(new Problem(file, 0, 0, message, remedy));
    }

    /** By file, in the order in which the files were read, and in each from top to bottom. */
    List<Problem> all() {
        List<Problem> all = new ArrayList<>();
        byFile.values().forEach(ofFile -> ofFile.stream().sorted(DOWN_THE_FILE).forEach(all::add));
        return all;
    }

    void throwIfAny() {
        if (!byFile.isEmpty()) {
            throw new PlanException(all());
        }
    }
}
