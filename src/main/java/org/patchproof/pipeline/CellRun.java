package org.patchproof.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.Cell;
import org.patchproof.plan.VariantSpec;
import org.patchproof.process.CommandRunner;
import org.patchproof.vm.GuestImage;

/** One kernel with all its variants, from the source package to the verdicts. */
final class CellRun {
    private final VerifyRequest request;
    private final BugSpec bug;
    private final Cell cell;
    private final Bundle bundle;
    private final Ledger ledger;
    private final CommandRunner runner;
    private final HostFacts host;
    private final ProgressListener listener;

    CellRun(
            VerifyRequest request,
            BugSpec bug,
            Cell cell,
            Bundle bundle,
            Ledger ledger,
            CommandRunner runner,
            HostFacts host,
            ProgressListener listener) {
        this.request = request;
        this.bug = bug;
        this.cell = cell;
        this.bundle = bundle;
        this.ledger = ledger;
        this.runner = runner;
        this.host = host;
        this.listener = listener;
    }

    /** The verdicts of the cell; what {@code earlier} finished is not done again. */
    List<VariantResult> verify(Resumption earlier) throws IOException, InterruptedException {
        String kernel = cell.kernel().name();
        String key = CellKey.of(request.workspace().bugFile(bug.name()), bug, cell);
        CellLedger page = ledger.cell(kernel, key, cell.kernel().buildDigest());
        CellContext context =
                new CellContext(request, bug, cell, bundle, ledger, page, runner, new Steps(kernel, listener));
        SeriesOfCell series = SeriesOfCell.read(bug, cell);
        Optional<ShippedBuild> shipped = shipped(series);
        OptionalInt beside = host.room()
                .jobsBeside(bug.reproduction().cpus(), bug.reproduction().memoryBytes(), request.jobs());
        BuildStage builds = new BuildStage(context.withJobs(beside.orElse(request.jobs())), series, shipped);
        builds.source();
        GuestImage guest = new GuestStage(context).image(host.choice().acceleration());

        Optional<CellRecord> before = earlier.of(page);
        List<VariantLedger> variants = new ArrayList<>();
        for (VariantSpec spec : cell.variants()) {
            VariantLedger variant = new VariantLedger(spec, series.of(spec));
            before.flatMap(record -> named(record, spec.name())).ifPresent(variant::resume);
            variants.add(variant);
        }
        VariantLedger control = variants.get(0);
        if (!request.tries(control.name())) {
            control.isElsewhere();
            shipped.ifPresent(build -> build.tellProof(control));
        }
        List<VariantLedger> tried = variants.stream()
                .filter(variant -> request.tries(variant.name()))
                .toList();
        tried.forEach(page::add);
        page.keepOthers();
        ledger.save();

        beside.ifPresent(jobs -> listener.note("builds go on beside trials, with " + jobs + " of "
                + host.room().processors() + " processors: the guest has its own"));
        try (builds;
                BuildQueue queue = BuildQueue.start(builds::build, tried)) {
            if (beside.isEmpty()) {
                queue.await();
            }
            new TrialStage(context, host, guest).run(control, tried, queue);
        }
        return new JudgeStage(context).judge(control, tried);
    }

    /** Packages that were built before, when they are all that is needed; says why others are not taken. */
    private Optional<ShippedBuild> shipped(SeriesOfCell series) throws IOException {
        ShippedBuild.objection(request, cell, series, runner).ifPresent(listener::note);
        return ShippedBuild.find(request, cell, series, runner).filter(build -> build.covers(cell, series, request));
    }

    static Optional<VariantRecord> named(CellRecord record, String variant) {
        return record.variants().stream()
                .filter(one -> one.name().equals(variant))
                .findFirst();
    }

    /** How long a step may be expected to take: nothing is known without an earlier run. */
    static Optional<Duration> unknown() {
        return Optional.empty();
    }
}
