package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.build.SourceAssembly;
import org.patchproof.build.SourceMissingException;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.process.CommandRunner;

/** All that can be known to be wrong before the first file is written. */
final class Preflight {
    private Preflight() {}

    /**
     * Checks tools, room, sources and patches.
     *
     * @return the plan without the kernels that were not asked for by name and whose source is not here
     * @throws WrongRequestException with the remedy
     */
    static Plan check(Plan plan, VerifyRequest request, CommandRunner runner, ProgressListener listener) {
        HostNeeds.check(plan, request);
        try {
            SourceAssembly sources = new SourceAssembly(runner, request.workspace(), request.cacheDirectory());
            List<Cell> here = new ArrayList<>();
            for (Cell cell : plan.cells()) {
                SeriesOfCell.read(cell);
                if (isHere(cell, sources, request, plan.cells().size(), listener)) {
                    here.add(cell);
                }
            }
            if (here.isEmpty()) {
                throw new WrongRequestException(
                        "no kernel of " + plan.bug().name() + " has its source here",
                        "Each is named above with what it needs.");
            }
            return new Plan(plan.bug(), here);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isHere(
            Cell cell, SourceAssembly sources, VerifyRequest request, int cells, ProgressListener listener)
            throws IOException {
        String kernel = cell.kernel().name();
        try {
            sources.require(cell.kernel());
            return true;
        } catch (SourceMissingException e) {
            boolean named = request.plan().kernels().contains(kernel)
                    || request.plan().overrides().containsKey(kernel);
            if (named || cells == 1) {
                throw new WrongRequestException(e.getMessage(), e.remedy(), e);
            }
            listener.note("left out: " + e.getMessage() + ". " + e.remedy());
            return false;
        }
    }
}
