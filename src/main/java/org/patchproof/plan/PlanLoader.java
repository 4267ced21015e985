package org.patchproof.plan;

import java.util.List;

/** Reads specs and checks them, all at once. */
public final class PlanLoader {
    private PlanLoader() {}

    /**
     * The plan for a request.
     *
     * @throws PlanException with every problem of the request and of all files that it needs
     */
    public static Plan load(Workspace workspace, PlanRequest request) {
        throw new UnsupportedOperationException("follows");
    }

    /** Every problem of every bug, kernel and guest of a workspace; empty when all is well. */
    public static List<Problem> check(Workspace workspace) {
        throw new UnsupportedOperationException("follows");
    }
}
