package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.build.SourceAssembly;
import org.patchproof.build.SourceMissingException;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.process.CommandRunner;
import org.patchproof.verdict.Lane;
import org.patchproof.vm.GuestBuilder;
import org.patchproof.vm.GuestUnavailableException;

/** All that can be known to be wrong before the first file is written. */
final class Preflight {
    private Preflight() {}

    /**
     * Checks tools, room, sources and patches for a run with trials. A kernel whose packages were built
     * elsewhere needs no source here, and nothing to build with.
     *
     * @return the plan without the kernels that were not asked for by name and whose source is not here
     * @throws WrongRequestException with the remedy
     */
    static Plan check(Plan plan, VerifyRequest request, CommandRunner runner, ProgressListener listener) {
        HostNeeds.forTrying();
        Plan checked = check(
                plan,
                request,
                runner,
                listener,
                (cell, series) -> ShippedBuild.find(request, cell, series, runner)
                        .filter(shipped -> shipped.covers(cell, series, request))
                        .isPresent());
        guests(checked, request, runner);
        return checked;
    }

    private static void refuseLane(Cell cell, VerifyRequest request) {
        boolean bootsByItself = cell.guest().match(debootstrap -> false, image -> true);
        if (bootsByItself && request.lane() == Lane.QUICK) {
            throw new WrongRequestException(
                    "the quick lane hands its kernels to QEMU, and guest "
                            + cell.guest().name() + " boots by itself",
                    "Leave out --lane quick, or name a guest of kind debootstrap in the kernel's YAML.");
        }
    }

    /** A kernel takes long to build: whether there is a guest to try it in is asked before. */
    private static void guests(Plan plan, VerifyRequest request, CommandRunner runner) {
        try {
            for (Cell cell : plan.cells()) {
                refuseLane(cell, request);
                Path shipped = ShippedBuild.directory(
                        request.runsDirectory(),
                        plan.bug().name(),
                        cell.kernel().name());
                if (!new GuestBuilder(runner, shipped).hasAny(cell.guest())) {
                    new GuestBuilder(runner, request.cacheDirectory()).require(cell.guest());
                }
            }
        } catch (GuestUnavailableException e) {
            throw new WrongRequestException(e.getMessage(), e.remedy(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for a run that only builds. */
    static Plan checkForBuild(Plan plan, VerifyRequest request, CommandRunner runner, ProgressListener listener) {
        return check(plan, request, runner, listener, (cell, series) -> false);
    }

    private interface Shipped {
        boolean covers(Cell cell, SeriesOfCell series) throws IOException;
    }

    private static Plan check(
            Plan plan, VerifyRequest request, CommandRunner runner, ProgressListener listener, Shipped shipped) {
        try {
            SourceAssembly sources = new SourceAssembly(runner, request.workspace(), request.cacheDirectory());
            List<Cell> here = new ArrayList<>();
            List<Cell> toBuild = new ArrayList<>();
            for (Cell cell : plan.cells()) {
                if (shipped.covers(cell, SeriesOfCell.read(plan.bug(), cell))) {
                    here.add(cell);
                } else {
                    toBuild.add(cell);
                }
            }
            if (!toBuild.isEmpty()) {
                HostNeeds.forBuilding(toBuild, request);
            }
            for (Cell cell : toBuild) {
                if (isHere(cell, sources, request, plan.cells().size(), listener)) {
                    here.add(cell);
                }
            }
            if (here.isEmpty()) {
                throw new WrongRequestException(
                        "no kernel of " + plan.bug().name() + " has its source here",
                        "Each is named above with what it needs.");
            }
            return new Plan(
                    plan.bug(), plan.cells().stream().filter(here::contains).toList());
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
