package org.patchproof.plan;

import java.util.List;
import java.util.stream.Collectors;

/** What the user asked for, or what the files under {@code specs/} say, is wrong. Holds every problem found. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** With at least one problem; the message prints all of them, in this order. */
    public PlanException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem, no exception");
        }
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n", count + ":\n", ""));
    }

    /** By file, and in a file from top to bottom. */
    public List<Problem> problems() {
        return problems;
    }
}
