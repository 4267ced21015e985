package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.BuildResult.Built;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.VariantSpec;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.verdict.Lane;

/**
 * The first half of the story: source, patches, packages; for trials on other hosts. Each kernel gets a
 * bundle of its own under the runs directory, {@code build-BUG-KERNEL}, which a build of the same cell
 * goes on with and which {@code verify} takes over (see {@link ShippedBuild}).
 */
public final class PackageBuilding implements PackageBuilder {
    private final CommandRunner runner;

    /** A builder with real tools. */
    public PackageBuilding() {
        this(new LeashedRunner());
    }

    /** A builder whose tools {@code runner} runs. */
    public PackageBuilding(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public BuildResult build(VerifyRequest request, Shipping shipping, ProgressListener listener) {
        Plan plan = Preflight.checkForBuild(
                PlanLoader.load(request.workspace(), request.plan()), request, runner, listener);
        List<Built> all = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            try (Bundle bundle = open(request, plan, cell)) {
                bundle.useCache(request.cacheDirectory());
                listener.opened(bundle.directory());
                listener.note("packages and their evidence: " + bundle.directory());
                all.addAll(build(request, shipping, plan, cell, bundle, listener));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TroubleException("interrupted", "Run the same command again: it goes on.", e);
            }
        }
        return new BuildResult(all);
    }

    private static Bundle open(VerifyRequest request, Plan plan, Cell cell) throws IOException {
        Path packed = ShippedBuild.directory(
                request.runsDirectory(), plan.bug().name(), cell.kernel().name());
        // Images beside packages, never among them: whoever takes packages over finds none here.
        Path directory = request.lane() == Lane.RPM
                ? packed
                : packed.resolveSibling(
                        packed.getFileName() + "-" + request.lane().word());
        return Files.isDirectory(directory) ? Bundle.open(directory) : Bundle.create(directory);
    }

    private List<Built> build(
            VerifyRequest request, Shipping shipping, Plan plan, Cell cell, Bundle bundle, ProgressListener listener)
            throws IOException, InterruptedException {
        SeriesOfCell series = SeriesOfCell.read(plan.bug(), cell);
        Optional<CellRecord> before = earlier(bundle, cell);
        Ledger ledger = new Ledger(
                bundle,
                Verification.head(
                        request,
                        plan,
                        bundle,
                        HostFacts.withoutGuests(),
                        before.stream().toList()));
        CellLedger page = ledger.cell(
                cell.kernel().name(), BuildKey.of(cell, series), cell.kernel().buildDigest());
        CellContext context = new CellContext(
                request,
                plan.bug(),
                cell,
                bundle,
                ledger,
                page,
                new JournalingRunner(runner, bundle.directory().resolve(Bundle.COMMANDS)),
                new Steps(cell.kernel().name(), listener));
        BuildStage builds = new BuildStage(context, series, Optional.empty());
        builds.source();
        Optional<CellRecord> same = before.filter(page::sameInputs);
        List<VariantLedger> variants = new ArrayList<>();
        for (VariantSpec spec : cell.variants()) {
            VariantLedger variant = new VariantLedger(spec, series.of(spec));
            same.flatMap(record -> CellRun.named(record, spec.name())).ifPresent(variant::resume);
            page.add(variant);
            variants.add(variant);
        }
        same.ifPresent(record -> page.keepOthers());
        try (builds) {
            for (VariantLedger variant : variants) {
                builds.build(variant);
            }
        }
        if (shipping == Shipping.WITH_GUEST) {
            new GuestStage(context).ship();
        }
        ledger.close(ShippedBuild.STATE);
        return variants.stream().map(variant -> built(cell, variant, bundle)).toList();
    }

    /** What an earlier build here wrote down; nothing when it was killed before it wrote anything. */
    private static Optional<CellRecord> earlier(Bundle bundle, Cell cell) throws IOException {
        if (!Files.exists(bundle.directory().resolve(Bundle.RECORD))) {
            return Optional.empty();
        }
        RunRecord run = bundle.read();
        return run.cells().stream()
                .filter(one -> run.patchproof().equals(Verification.version()))
                .filter(one -> one.kernel().equals(cell.kernel().name()))
                .findFirst();
    }

    private static List<Path> files(RunRecord.Build build, Bundle bundle) {
        return build.direct()
                ? List.of(bundle.directory().resolve(build.image()))
                : build.packages().stream()
                        .map(rpm -> bundle.directory().resolve(rpm.file()))
                        .toList();
    }

    private static Built built(Cell cell, VariantLedger variant, Bundle bundle) {
        return new Built(
                cell.kernel().name(),
                variant.name(),
                variant.spec().role(),
                bundle.directory(),
                variant.build().map(RunRecord.Build::nevra),
                variant.build().map(build -> files(build, bundle)).orElse(List.of()),
                variant.build().flatMap(RunRecord.Build::made).map(RunRecord.Made::words),
                variant.failure().map(RunRecord.Failure::stage),
                variant.failure().map(RunRecord.Failure::lines).orElse(List.of()),
                variant.trouble());
    }
}
