package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.BaseTree;
import org.patchproof.build.BootImage;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.BuiltKernel;
import org.patchproof.build.SpecChange;
import org.patchproof.build.StepOutcome;
import org.patchproof.build.VariantBuild;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.srpm.UnpackedSource;
import org.patchproof.verdict.Lane;

/**
 * The steps of one build, in their order, into the ledger of its variant; the first that fails by the
 * variant's fault ends them.
 */
final class BuildSteps {
    /** Instead of a package's name. */
    private static final String NOT_PACKED = "not packed";

    private final CellContext context;
    private final VariantLedger variant;
    private final VariantBuild build;
    private final Set<String> paths;
    private final Path home;

    /** @param paths of all variants of the cell: each proof speaks of all of them */
    BuildSteps(CellContext context, VariantLedger variant, VariantBuild build, Set<String> paths) throws IOException {
        this.context = context;
        this.variant = variant;
        this.build = build;
        this.paths = paths;
        this.home = context.bundle().variant(context.kernel(), variant.name());
    }

    /** Unpacks the source package and puts the patches in; false when they are refused. */
    boolean beginClean(AssembledSource source) throws IOException, InterruptedException {
        UnpackedSource unpacked = context.steps()
                .run(
                        variant.name(),
                        Step.UNPACK,
                        source.srpm().getFileName().toString(),
                        CellRun.unknown(),
                        progress -> build.unpack(source.srpm()),
                        done -> done.files().size() + " files, "
                                + done.verified().size() + " digests verified");
        if (!unpacked.sha256().equals(source.sha256())) {
            throw new BuildTroubleException(
                    source.srpm() + " changed while it was used", "Let nobody write to it, and run again.");
        }
        return inject();
    }

    /** Begins with a built tree and puts the patches into its spec; false when they are refused. */
    boolean beginWith(BaseTree base) throws IOException, InterruptedException {
        build.begin(base);
        return inject();
    }

    private boolean inject() throws IOException, InterruptedException {
        Optional<SpecChange> change = taken(
                Stages.PATCH,
                context.steps()
                        .run(
                                variant.name(),
                                Step.INJECT,
                                "",
                                CellRun.unknown(),
                                progress -> build.inject(),
                                BuildSteps::words));
        if (change.isPresent()) {
            Path diff = Files.writeString(
                    home.resolve("kernel.spec.diff"), change.get().diff());
            variant.injected(new RunRecord.Injection(
                    change.get().dialect(),
                    change.get().explanation(),
                    context.bundle().relative(diff)));
        }
        return change.isPresent();
    }

    /**
     * Makes the tree of a base this variant's.
     *
     * @return why it cannot be, or is not sure; empty when it is done
     */
    Optional<String> switchSeries(String from) throws IOException, InterruptedException {
        return context.steps()
                .run(
                        variant.name(),
                        Step.PREPARE,
                        "the built tree of " + from,
                        CellRun.unknown(),
                        progress -> build.switchSeries(),
                        objection -> objection.isPresent() ? "not sure to be the same" : "");
    }

    /** Runs %prep; the time that it took, empty when a patch does not apply. */
    Optional<Duration> prepare() throws IOException, InterruptedException {
        long started = System.nanoTime();
        return taken(
                        Stages.PATCH,
                        context.steps()
                                .run(
                                        variant.name(),
                                        Step.PREPARE,
                                        "rpmbuild -bp",
                                        CellRun.unknown(),
                                        p -> build.prepare(),
                                        BuildSteps::words))
                .map(tree -> Duration.ofNanos(System.nanoTime() - started));
    }

    /**
     * Proves, compiles, proves again, and takes the packages.
     *
     * @return the proof of what was compiled; empty when the variant failed
     */
    Optional<Carried> compile(Duration prepare, RunRecord.Made made, Path log)
            throws IOException, InterruptedException {
        Optional<Carried> proof = taken(
                Stages.PATCH,
                context.steps()
                        .run(
                                variant.name(),
                                Step.PROVE,
                                "",
                                CellRun.unknown(),
                                progress -> build.prove(paths),
                                BuildSteps::words));
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        if (direct()) {
            build.needsModules().ifPresent(BuildSteps::refuse);
        }
        variant.proved(record(proof.get()));
        context.ledger().save();
        Optional<Duration> compile = taken(Stages.BUILD, rpmbuild(made));
        if (compile.isEmpty()) {
            return Optional.empty();
        }
        // %build may touch sources as well: what was compiled is the tree only if it still carries the series.
        Optional<Carried> after = taken(Stages.PATCH, build.prove(paths));
        if (after.isPresent()) {
            if (!after.get().files().equals(proof.get().files())) {
                throw new BuildTroubleException(
                        "%build changed a file that the patches touch",
                        "See the spec's %build: what it compiles is not what was proved.");
            }
            variant.built(
                    direct() ? image(prepare, compile.get(), made, log) : collect(prepare, compile.get(), made, log));
        }
        return after;
    }

    private static void refuse(String modules) {
        throw new WrongRequestException(
                modules,
                "Build them in, say quick: {modules: unneeded} in the kernel's YAML if the guest does without, or"
                        + " use --lane rpm.");
    }

    private boolean direct() {
        return context.request().lane() == Lane.QUICK;
    }

    private StepOutcome<Duration> rpmbuild(RunRecord.Made made) throws IOException, InterruptedException {
        return context.steps()
                .run(
                        variant.name(),
                        Step.BUILD,
                        (direct() ? "rpmbuild -bc" : "rpmbuild -bb")
                                + made.from()
                                        .map(from -> ", in the built tree of " + from)
                                        .orElse(""),
                        Estimates.build(context.request().runsDirectory(), context.kernel(), variant.name()),
                        progress -> {
                            Consumer<Integer> count = objects -> {
                                if (objects % 20 == 0) {
                                    progress.accept(objects + " objects");
                                }
                            };
                            return direct() ? build.compileImage(count) : build.compile(count);
                        },
                        BuildSteps::words);
    }

    private RunRecord.Build collect(Duration prepare, Duration compile, RunRecord.Made made, Path log)
            throws IOException {
        BuiltKernel kernel = build.collect(home.resolve("rpms"));
        return new RunRecord.Build(
                kernel.kernelPackage().nevra(),
                kernel.release(),
                kernel.imagePath(),
                kernel.imageSha256(),
                kernel.buildId(),
                kernel.packages().stream()
                        .map(rpm -> new RunRecord.Package(
                                rpm.nevra(), context.bundle().relative(rpm.file()), rpm.sha256(), rpm.size()))
                        .toList(),
                build.compilerCacheUsed(),
                prepare,
                compile,
                context.bundle().relative(log),
                Optional.of(made));
    }

    /** The quick lane's: an image of the bundle's own, and no package. */
    private RunRecord.Build image(Duration prepare, Duration compile, RunRecord.Made made, Path log)
            throws IOException {
        // Where %build configures, it is known only now.
        build.needsModules().ifPresent(BuildSteps::refuse);
        BootImage image = build.image(home.resolve("image").resolve("vmlinuz"));
        if (image.buildId().isEmpty()) {
            throw new BuildTroubleException(
                    "vmlinux has no build-id: what boots could not be told from another kernel",
                    "Link it with --build-id (kernels since 2.6.24 do), or use --lane rpm.");
        }
        return new RunRecord.Build(
                NOT_PACKED,
                image.release(),
                context.bundle().relative(image.file()),
                image.sha256(),
                image.buildId(),
                List.of(),
                build.compilerCacheUsed(),
                prepare,
                compile,
                context.bundle().relative(log),
                Optional.of(made));
    }

    private <T> Optional<T> taken(String stage, StepOutcome<T> outcome) {
        return outcome.match(
                Optional::of,
                rejected -> {
                    variant.failed(Stages.PATCH, rejected);
                    return Optional.empty();
                },
                broken -> {
                    variant.failed(stage, broken);
                    return Optional.empty();
                });
    }

    private static <T> String words(StepOutcome<T> outcome) {
        return outcome.match(done -> "", rejected -> "rejected", broken -> "failed");
    }

    private static RunRecord.Proof record(Carried proof) {
        return new RunRecord.Proof(
                proof.seriesDigest(),
                proof.baseDigest(),
                proof.files().stream()
                        .map(file -> file.path() + " " + file.before().orElse("-") + " -> "
                                + file.after().orElse("-"))
                        .toList(),
                proof.hunks().stream()
                        .map(hunk -> hunk.patch() + " " + hunk.path() + " hunk " + hunk.number() + " at line "
                                + hunk.line() + (hunk.offset() == 0 ? "" : ", offset " + hunk.offset()))
                        .toList(),
                proof.notes(),
                proof.commands());
    }
}
