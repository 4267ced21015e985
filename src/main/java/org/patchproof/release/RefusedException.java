package org.patchproof.release;

import java.util.List;
import java.util.stream.Collectors;

/** Nothing is released, for reasons that lie in what was to be released. Nothing was written to its place. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;

    /** @param refusals all of them, at least one */
    public RefusedException(List<Refusal> refusals) {
        super("not released:\n"
                + refusals.stream().map(refusal -> "  " + refusal.what()).collect(Collectors.joining("\n")));
        this.refusals = List.copyOf(refusals);
    }

    public RefusedException(String what, String remedy) {
        this(List.of(new Refusal(what, remedy)));
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    /** What to do, each thing once. */
    public String remedy() {
        return refusals.stream().map(Refusal::remedy).distinct().collect(Collectors.joining("\n"));
    }
}
