package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.BuiltKernel;
import org.patchproof.build.CompilerCache;
import org.patchproof.build.SourceAssembly;
import org.patchproof.build.SourceMissingException;
import org.patchproof.build.SpecChange;
import org.patchproof.build.StepOutcome;
import org.patchproof.build.VariantBuild;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.srpm.RpmFormatException;
import org.patchproof.srpm.UnpackedSource;

/** Gets the source package of a cell and builds its variants, each step in the ledger. */
final class BuildStage {
    /** Below a variant's folder: its patches, under their names. */
    static final String PATCHES = "patches";

    private final CellContext context;
    private final SeriesOfCell series;
    private final Optional<ShippedBuild> shipped;
    private AssembledSource source;

    /** @param shipped packages that were built before, in a run of their own */
    BuildStage(CellContext context, SeriesOfCell series, Optional<ShippedBuild> shipped) {
        this.context = context;
        this.series = series;
        this.shipped = shipped;
    }

    /** Gets the source package, or takes over what is known of it with the packages. */
    void source() throws IOException, InterruptedException {
        if (shipped.isPresent()) {
            context.page().source(shipped.get().source());
            context.ledger().save();
            return;
        }
        long started = System.nanoTime();
        Path log = Files.createDirectories(context.bundle().directory().resolve(context.kernel()))
                .resolve("source.log");
        source = context.steps()
                .run(
                        "",
                        Step.SOURCE,
                        context.cell().kernel().title(),
                        CellRun.unknown(),
                        progress -> {
                            try {
                                return new SourceAssembly(
                                                context.runner(),
                                                context.request().workspace(),
                                                context.request().cacheDirectory())
                                        .assemble(context.cell().kernel(), log);
                            } catch (SourceMissingException e) {
                                throw new WrongRequestException(e.getMessage(), e.remedy(), e);
                            } catch (BuildTroubleException e) {
                                throw new TroubleException(e.getMessage(), e.remedy(), e);
                            }
                        },
                        AssembledSource::nevra);
        context.page()
                .source(new RunRecord.Source(
                        source.nevra(),
                        source.srpm().getFileName().toString(),
                        source.sha256(),
                        source.how(),
                        List.of(),
                        Duration.ofNanos(System.nanoTime() - started)));
        context.ledger().save();
    }

    /** Builds {@code variant}, unless the ledger has its packages and they are whole. */
    void build(VariantLedger variant) throws IOException, InterruptedException {
        if (variant.build().isPresent()
                && PackageFiles.damaged(
                                context.bundle().directory(), variant.build().get())
                        .isEmpty()) {
            context.steps().note(context.kernel() + "/" + variant.name() + ": built by the earlier run");
            return;
        }
        variant.buildAgain();
        keepPatches(variant);
        if (shipped.isPresent() && shipped.get().take(variant, context.bundle())) {
            context.steps()
                    .note(context.kernel() + "/" + variant.name() + ": "
                            + (variant.build().isPresent() ? "packages" : "failed build") + " taken over from "
                            + shipped.get().directory());
            context.ledger().save();
            return;
        }
        Path home = context.bundle().variant(context.kernel(), variant.name());
        Path work = context.bundle()
                .work()
                .resolve("build")
                .resolve(context.kernel())
                .resolve(variant.name());
        VariantBuild build = new VariantBuild(
                context.runner(),
                context.cell().kernel().build(),
                series.of(variant.spec()),
                suffix(variant),
                context.request().compilerCache() == CompilerCachePolicy.USE ? CompilerCache.USE : CompilerCache.OFF,
                context.request().jobs(),
                work,
                home.resolve("build.log"));
        try {
            build(variant, build, home);
        } catch (BuildTroubleException e) {
            variant.inTrouble(e.getMessage() + "\n" + e.remedy());
        } catch (RpmFormatException e) {
            throw new WrongRequestException(e.getMessage(), "Get the source package again.", e);
        } finally {
            build.discard();
        }
        context.ledger().save();
    }

    /** The context.steps(), in their order; the first that fails by the variant's fault ends them. */
    private void build(VariantLedger variant, VariantBuild build, Path home) throws IOException, InterruptedException {
        String name = variant.name();
        UnpackedSource unpacked = context.steps()
                .run(
                        name,
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
        Optional<SpecChange> change = taken(
                variant,
                Stages.PATCH,
                context.steps()
                        .run(name, Step.INJECT, "", CellRun.unknown(), progress -> build.inject(), BuildStage::words));
        if (change.isEmpty()) {
            return;
        }
        Path diff =
                Files.writeString(home.resolve("kernel.spec.diff"), change.get().diff());
        variant.injected(new RunRecord.Injection(
                change.get().dialect(),
                change.get().explanation(),
                context.bundle().relative(diff)));
        long started = System.nanoTime();
        Optional<Path> tree = taken(
                variant,
                Stages.PATCH,
                context.steps()
                        .run(
                                name,
                                Step.PREPARE,
                                "rpmbuild -bp",
                                CellRun.unknown(),
                                p -> build.prepare(),
                                BuildStage::words));
        Duration prepare = Duration.ofNanos(System.nanoTime() - started);
        if (tree.isEmpty()) {
            return;
        }
        Optional<Carried> proof = taken(
                variant,
                Stages.PATCH,
                context.steps()
                        .run(
                                name,
                                Step.PROVE,
                                "",
                                CellRun.unknown(),
                                progress -> build.prove(series.paths()),
                                BuildStage::words));
        if (proof.isEmpty()) {
            return;
        }
        variant.proved(record(proof.get()));
        context.ledger().save();
        Optional<Duration> compile = taken(
                variant,
                Stages.BUILD,
                context.steps()
                        .run(
                                name,
                                Step.BUILD,
                                "rpmbuild -bb",
                                Estimates.build(context.request().runsDirectory(), context.kernel(), name),
                                progress -> build.compile(objects -> {
                                    if (objects % 20 == 0) {
                                        progress.accept(objects + " objects");
                                    }
                                }),
                                BuildStage::words));
        if (compile.isEmpty()) {
            return;
        }
        // %build may touch sources as well: what was compiled is the tree only if it still carries the series.
        Optional<Carried> after = taken(variant, Stages.PATCH, build.prove(series.paths()));
        if (after.isPresent()) {
            if (!after.get().files().equals(proof.get().files())) {
                throw new BuildTroubleException(
                        "%build changed a file that the patches touch",
                        "See the spec's %build: what it compiles is not what was proved.");
            }
            collect(variant, build, home, prepare, compile.get());
        }
    }

    /** The series as it was read, so that a bundle shows what it proves wherever it is carried. */
    private void keepPatches(VariantLedger variant) throws IOException {
        Path home = context.bundle().variant(context.kernel(), variant.name());
        Path kept = Files.createDirectories(home.resolve(PATCHES));
        for (Patch patch : series.of(variant.spec()).patches()) {
            Files.write(kept.resolve(patch.name()), patch.bytes(PatchStyle.AS_GIVEN));
        }
    }

    private void collect(VariantLedger variant, VariantBuild build, Path home, Duration prepare, Duration compile)
            throws IOException {
        BuiltKernel kernel = build.collect(home.resolve("rpms"));
        variant.built(new RunRecord.Build(
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
                context.bundle().relative(home.resolve("build.log"))));
    }

    private static <T> Optional<T> taken(VariantLedger variant, String stage, StepOutcome<T> outcome) {
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

    /** Tells variants apart in {@code uname -r}: .pp.VARIANT, in the grammar of a release. */
    private static String suffix(VariantLedger variant) {
        return ".pp." + variant.name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
