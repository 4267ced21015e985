package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.Cell;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandRunner;
import org.patchproof.vm.GuestBuilder;
import org.patchproof.vm.GuestImage;
import org.patchproof.vm.GuestUnavailableException;

/** Gets the guest image of a cell: from the cache, or built. */
final class GuestStage {
    private final VerifyRequest request;
    private final BugSpec bug;
    private final Cell cell;
    private final Bundle bundle;
    private final Ledger ledger;
    private final CellLedger page;
    private final CommandRunner runner;
    private final Steps steps;

    GuestStage(
            VerifyRequest request,
            BugSpec bug,
            Cell cell,
            Bundle bundle,
            Ledger ledger,
            CellLedger page,
            CommandRunner runner,
            Steps steps) {
        this.request = request;
        this.bug = bug;
        this.cell = cell;
        this.bundle = bundle;
        this.ledger = ledger;
        this.page = page;
        this.runner = runner;
        this.steps = steps;
    }

    GuestImage image() throws IOException, InterruptedException {
        GuestImage image = steps.run(
                "",
                Step.GUEST,
                cell.guest().name(),
                CellRun.unknown(),
                progress -> build(request, cell, bundle, runner, progress),
                made -> made.digest().substring(0, 12));
        page.guest(new RunRecord.Guest(
                cell.guest().name(),
                image.digest(),
                image.diskSha256(),
                bug.reproduction().cpus(),
                bug.reproduction().memoryBytes(),
                bug.reproduction().kernelArguments()));
        ledger.save();
        return image;
    }

    /** The guest of {@code cell}, from the cache or built. */
    static GuestImage build(
            VerifyRequest request, Cell cell, Bundle bundle, CommandRunner runner, Consumer<String> progress)
            throws IOException {
        Path log = bundle.directory().resolve(cell.kernel().name()).resolve("guest.log");
        try {
            return new GuestBuilder(runner, request.cacheDirectory()).build(cell.guest(), log, progress);
        } catch (GuestUnavailableException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        } catch (CommandException e) {
            throw new TroubleException(
                    "the guest could not be made\n" + e.getMessage(),
                    "See the log above; ./patchproof doctor tells what this host lacks.",
                    e);
        }
    }
}
