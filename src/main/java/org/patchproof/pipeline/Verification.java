package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.RunRecord.Asked;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.vm.GuestImage;

/**
 * The whole story: plan, and for each kernel source, packages, guest, trials, verdicts.
 *
 * <p>Each finished step is in the bundle before the next one begins; killed at any moment, the run
 * goes on with {@link VerifyRequest#withResume}.
 */
public final class Verification implements Verifier {
    private final CommandRunner runner;
    private final HostView host;

    /** A verification with real tools. */
    public Verification() {
        this(new LeashedRunner());
    }

    /** A verification whose tools {@code runner} runs. */
    public Verification(CommandRunner runner) {
        this(runner, HostView.here());
    }

    Verification(CommandRunner runner, HostView host) {
        this.runner = runner;
        this.host = host;
    }

    @Override
    public VerifyResult verify(VerifyRequest request, ProgressListener listener) {
        Plan plan = Preflight.check(PlanLoader.load(request.workspace(), request.plan()), request, runner, listener);
        try (Bundle bundle = openBundle(request, plan)) {
            bundle.useCache(request.cacheDirectory());
            listener.opened(bundle.directory());
            listener.note("evidence bundle: " + bundle.directory());
            Resumption earlier = Resumption.of(request, bundle);
            earlier.requireAskedAlike(plan.bug().name(), asked(request, plan));
            return verify(earlier.asStrict(request, listener), plan, bundle, earlier, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroubleException("interrupted", "Go on with --resume and the bundle's directory.", e);
        }
    }

    private VerifyResult verify(
            VerifyRequest request, Plan plan, Bundle bundle, Resumption earlier, ProgressListener listener)
            throws IOException, InterruptedException {
        CommandRunner journaling =
                new JournalingRunner(runner, bundle.directory().resolve(Bundle.COMMANDS));
        HostFacts facts = HostFacts.look(
                host,
                journaling,
                request.acceleration(),
                request.cacheDirectory(),
                () -> probeKernel(request, plan, bundle, journaling, listener));
        listener.note("acceleration: " + facts.choice().acceleration().word() + ", "
                + facts.choice().reason());
        RunRecord head = head(request, plan, bundle, facts, earlier.cells());
        earlier.requireTriedAlike(head, CellKey.ofAll(request.workspace(), plan));
        Ledger ledger = new Ledger(bundle, head);
        List<VariantResult> results = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            CellRun run = new CellRun(request, plan.bug(), cell, bundle, ledger, journaling, facts, listener);
            results.addAll(run.verify(earlier));
        }
        ledger.close();
        return new VerifyResult(bundle.directory(), results);
    }

    /**
     * The own kernel of the first guest that has one as a file: what the probe boots to see whether
     * acceleration works.
     */
    private static Optional<Path> probeKernel(
            VerifyRequest request, Plan plan, Bundle bundle, CommandRunner runner, ProgressListener listener)
            throws IOException, InterruptedException {
        Optional<Cell> direct = plan.cells().stream()
                .filter(cell -> cell.guest().match(debootstrap -> true, image -> false))
                .findFirst();
        if (direct.isEmpty()) {
            return Optional.empty();
        }
        Cell cell = direct.get();
        GuestImage image = new Steps(cell.kernel().name(), listener)
                .run(
                        "",
                        Step.GUEST,
                        cell.guest().name(),
                        Optional.empty(),
                        progress -> GuestStage.build(request, cell, bundle, runner, Optional.empty(), progress),
                        made -> made.digest().substring(0, 12));
        return image.own().match(kernel -> Optional.of(kernel.image()), loader -> Optional.empty());
    }

    /** The version of this program, as run.json has it. */
    static String version() {
        return Optional.ofNullable(Verification.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }

    private static Bundle openBundle(VerifyRequest request, Plan plan) throws IOException {
        if (request.resume().isPresent()) {
            return Bundle.open(request.resume().get());
        }
        Path directory = request.runsDirectory().resolve(RunId.next(plan.bug().name(), Instant.now()));
        Files.createDirectories(request.runsDirectory());
        return Bundle.create(directory);
    }

    /** @param cells what an earlier run has here */
    static RunRecord head(VerifyRequest request, Plan plan, Bundle bundle, HostFacts host, List<CellRecord> cells) {
        return new RunRecord(
                RunRecord.SCHEMA,
                version(),
                bundle.directory().getFileName().toString(),
                plan.bug().name(),
                "running",
                Instant.now(),
                Instant.now(),
                asked(request, plan),
                host.record(),
                cells);
    }

    private static Asked asked(VerifyRequest request, Plan plan) {
        return new Asked(
                request.stopping(),
                request.compilerCache().name(),
                plan.bug().reproduction().profile(),
                request.lane());
    }
}
