package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is to be proved, checked.
 *
 * @param cells in the order of the bug's file, at least one
 */
public record Plan(BugSpec bug, List<Cell> cells) {
    public Plan {
        requireNonNull(bug);
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a plan without cells: " + bug.name());
        }
    }
}
