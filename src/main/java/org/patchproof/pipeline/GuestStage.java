package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.plan.Cell;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandRunner;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.GuestBuilder;
import org.patchproof.vm.GuestImage;
import org.patchproof.vm.GuestUnavailableException;

/** Gets the guest image of a cell: from the cache, or built. */
final class GuestStage {
    private final CellContext context;

    GuestStage(CellContext context) {
        this.context = context;
    }

    /** @param acceleration how a guest runs that has to run to be made */
    GuestImage image(Acceleration acceleration) throws IOException, InterruptedException {
        GuestImage image = context.steps()
                .run(
                        "",
                        Step.GUEST,
                        context.cell().guest().name(),
                        CellRun.unknown(),
                        progress -> build(
                                context.request(),
                                context.cell(),
                                context.bundle(),
                                context.runner(),
                                Optional.of(acceleration),
                                progress),
                        made -> made.digest().substring(0, 12));
        context.page()
                .guest(new RunRecord.Guest(
                        context.cell().guest().name(),
                        image.digest(),
                        image.diskSha256(),
                        context.bug().reproduction().cpus(),
                        context.bug().reproduction().memoryBytes(),
                        context.bug().reproduction().kernelArguments()));
        context.ledger().save();
        return image;
    }

    /** Puts the guest into the bundle, for other hosts. */
    void ship() throws IOException, InterruptedException {
        Path bundle = context.bundle().directory();
        Path log = bundle.resolve(context.kernel()).resolve("guest.log");
        context.steps()
                .run(
                        "",
                        Step.GUEST,
                        context.cell().guest().name(),
                        CellRun.unknown(),
                        progress -> guarded(() -> {
                            new GuestBuilder(context.runner(), context.request().cacheDirectory())
                                    .copyTo(bundle, context.cell().guest(), log, progress);
                            return log;
                        }),
                        done -> "for other hosts");
    }

    /**
     * The guest of {@code cell}: the one that came with its packages, else from the cache or made.
     *
     * @param acceleration how a guest runs that has to run to be made; empty where it is not known yet
     */
    static GuestImage build(
            VerifyRequest request,
            Cell cell,
            Bundle bundle,
            CommandRunner runner,
            Optional<Acceleration> acceleration,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        Path log = bundle.directory().resolve(cell.kernel().name()).resolve("guest.log");
        Path shipped = ShippedBuild.directory(
                request.runsDirectory(), request.plan().bug(), cell.kernel().name());
        GuestBuilder shippedGuests = new GuestBuilder(runner, shipped);
        if (shippedGuests.hasAny(cell.guest())) {
            return shippedGuests
                    .cached(cell.guest())
                    .orElseThrow(() -> new TroubleException(
                            "the guest in " + shipped + " is damaged",
                            "Bring it here again (unstash, copy), or remove its folder guests/ to use one of this"
                                    + " host."));
        }
        GuestBuilder builder = new GuestBuilder(runner, request.cacheDirectory());
        return guarded(() -> acceleration.map(builder::under).orElse(builder).build(cell.guest(), log, progress));
    }

    /** Makes a guest, or brings it somewhere. */
    interface Making<T> {
        T make() throws IOException, InterruptedException;
    }

    /** Trouble with a guest, as any other trouble of ours. */
    static <T> T guarded(Making<T> making) throws IOException, InterruptedException {
        try {
            return making.make();
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
