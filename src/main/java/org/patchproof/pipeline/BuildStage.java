package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.BaseStore;
import org.patchproof.build.BaseTree;
import org.patchproof.build.BuildIdentity;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.CompilerCache;
import org.patchproof.build.VariantBuild;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.process.CommandException;
import org.patchproof.root.OpenRoot;
import org.patchproof.srpm.RpmFormatException;
import org.patchproof.verdict.Lane;

/**
 * Gets the source package of a cell and its variants' packages, by what costs least of what is sure: from
 * the run that is gone on with, from a build that came from elsewhere, from the cache, in the built tree of
 * another variant, or from the source package.
 */
final class BuildStage implements AutoCloseable {
    /** Below a variant's folder: its patches, under their names. */
    static final String PATCHES = "patches";

    private static final String LOG = "build.log";

    private final CellContext context;
    private final SeriesOfCell series;
    private final Optional<ShippedBuild> shipped;
    private final BaseStore bases;
    private final PackageCache packages;
    private AssembledSource source;
    private Optional<OpenRoot> root = Optional.empty();

    /** @param shipped packages that were built before, in a run of their own */
    BuildStage(CellContext context, SeriesOfCell series, Optional<ShippedBuild> shipped) {
        this.context = context;
        this.series = series;
        this.shipped = shipped;
        this.bases = new BaseStore(context.runner(), context.request().cacheDirectory());
        this.packages = new PackageCache(context.request().cacheDirectory());
    }

    /** Gets the source package, or takes over what is known of it with the packages. */
    void source() throws IOException, InterruptedException {
        if (shipped.isPresent()) {
            context.page().source(shipped.get().source());
            context.ledger().save();
            return;
        }
        CompletableFuture<Void> programs =
                BuildIdentity.readAhead(context.cell().kernel().build(), context.runner());
        try {
            source = new SourceStage(context).run();
        } finally {
            programs.join();
        }
    }

    /** Builds {@code variant}, unless the ledger has its packages and they are whole. */
    void build(VariantLedger variant) throws IOException, InterruptedException {
        if (variant.build().isPresent()
                && PackageFiles.damaged(
                                context.bundle().directory(), variant.build().get())
                        .isEmpty()) {
            note(variant, "built by the earlier run");
            return;
        }
        variant.buildAgain();
        keepPatches(variant);
        FixWarnings.of(context.request().workspace(), variant.spec(), series.of(variant.spec()))
                .forEach(words -> note(variant, words));
        shipped.flatMap(packages -> packages.compiler(variant.name()))
                .ifPresent(compiler -> requireOne(variant.name(), compiler));
        if (shipped.isPresent() && shipped.get().take(variant, context.bundle())) {
            note(
                    variant,
                    (variant.build().isPresent() ? "packages" : "failed build") + " taken over from "
                            + shipped.get().directory());
            context.ledger().save();
            return;
        }
        try {
            make(variant);
        } catch (BuildTroubleException e) {
            variant.inTrouble(e.getMessage() + "\n" + e.remedy());
        } catch (RpmFormatException e) {
            throw new WrongRequestException(e.getMessage(), "Get the source package again.", e);
        }
        context.ledger().save();
    }

    /** The build root of the kernel, opened for the first variant that is built. */
    private OpenRoot root(String variant) throws IOException, InterruptedException {
        if (root.isEmpty()) {
            Path log = context.bundle().directory().resolve(context.kernel()).resolve("root.log");
            root = Optional.of(new RootStage(context.runner(), context.request().cacheDirectory(), log, context.steps())
                    .open(variant, context.cell().kernel().build().root(), source.nevra(), source.srpm()));
        }
        requireOne(variant, root.get().identity().compiler());
        return root.get();
    }

    private void requireOne(String variant, String compiler) {
        OneCompiler.require(variant, compiler, context.page().record().variants());
    }

    /** Gives the build root up. */
    @Override
    public void close() {
        root.ifPresent(OpenRoot::close);
    }

    private void make(VariantLedger variant) throws IOException, InterruptedException {
        OpenRoot in = root(variant.name());
        BuildIdentity identity =
                BuildIdentity.of(source.sha256(), context.cell().kernel().build(), in, context.runner());
        Optional<String> why = Optional.empty();
        if (context.request().builds() == BuildPolicy.REUSE && in.seesMounts()) {
            Optional<BaseTree> base = bases.find(identity, context.steps()::note);
            if (base.isPresent()) {
                why = inTree(variant, identity, base.get());
                if (why.isEmpty()) {
                    return;
                }
                note(variant, "not built in the tree of " + base.get().variant() + ": " + why.get());
                setAsideLog(variant);
            }
        }
        clean(variant, identity, why);
    }

    /**
     * Builds in the built tree of another variant.
     *
     * @return why the variant is to be built clean; empty when it has its packages, or failed for sure
     */
    private Optional<String> inTree(VariantLedger variant, BuildIdentity identity, BaseTree base)
            throws IOException, InterruptedException {
        VariantLedger attempt = new VariantLedger(variant.spec(), series.of(variant.spec()));
        VariantBuild build = variantBuild(variant);
        try {
            long started = System.nanoTime();
            BuildSteps steps = new BuildSteps(context, attempt, build, series.paths());
            if (!steps.beginWith(base)) {
                return Optional.of("the patches are refused");
            }
            String key = build.packages(identity, series.paths()).digest();
            if (cached(key, variant)) {
                return Optional.empty();
            }
            Optional<String> objection = steps.switchSeries(base.variant());
            if (objection.isPresent()) {
                return objection;
            }
            Duration prepare = Duration.ofNanos(System.nanoTime() - started);
            steps.compile(
                    prepare,
                    RunRecord.Made.incremental(base.variant(), base.key()).in(where()),
                    log(variant));
            if (attempt.build().isEmpty() && !attempt.failedInItsOwnFile()) {
                return attempt.failure().map(failure -> failure.lines().get(0));
            }
            variant.adopt(attempt.record());
            if (variant.build().isPresent() && packed()) {
                packages.keep(key, context.kernel(), variant, context.bundle());
            }
            return Optional.empty();
        } catch (BuildTroubleException | CommandException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Optional.of(e.getMessage().lines().findFirst().orElse("it failed"));
        } finally {
            build.discard();
        }
    }

    private void clean(VariantLedger variant, BuildIdentity identity, Optional<String> why)
            throws IOException, InterruptedException {
        VariantBuild build = variantBuild(variant);
        try {
            BuildSteps steps = new BuildSteps(context, variant, build, series.paths());
            if (!steps.beginClean(source)) {
                return;
            }
            String key = build.packages(identity, series.paths()).digest();
            if (cached(key, variant)) {
                return;
            }
            Optional<Duration> prepare = steps.prepare();
            if (prepare.isEmpty()) {
                return;
            }
            Optional<Carried> proof =
                    steps.compile(prepare.get(), RunRecord.Made.clean(why).in(where()), log(variant));
            if (proof.isPresent()) {
                if (packed()) {
                    packages.keep(key, context.kernel(), variant, context.bundle());
                }
                bases.keep(
                                build,
                                identity,
                                proof.get(),
                                context.cell().kernel().build().diskBytes())
                        .ifPresent(not -> note(variant, "its built tree is not kept: " + not));
            }
        } finally {
            build.discard();
        }
    }

    private boolean packed() {
        return context.request().lane() == Lane.RPM;
    }

    private boolean cached(String key, VariantLedger variant) throws IOException {
        if (!packed()) {
            return false;
        }
        boolean clean = context.request().builds() == BuildPolicy.CLEAN;
        boolean taken = packages.take(key, clean, context.kernel(), variant, context.bundle(), context.steps()::note);
        if (taken) {
            note(variant, "packages from the cache, which were built of the same");
        }
        return taken;
    }

    private VariantBuild variantBuild(VariantLedger variant) throws IOException {
        return new VariantBuild(
                        context.runner(),
                        context.cell().kernel().build(),
                        series.of(variant.spec()),
                        suffix(variant),
                        context.request().compilerCache() == CompilerCachePolicy.USE
                                ? CompilerCache.USE
                                : CompilerCache.OFF,
                        context.request().jobs(),
                        context.bundle()
                                .work()
                                .resolve("build")
                                .resolve(context.kernel())
                                .resolve(variant.name()),
                        log(variant))
                .in(root.orElseThrow());
    }

    private RunRecord.Root where() {
        return RunRecord.Root.of(root.orElseThrow().identity());
    }

    private Path log(VariantLedger variant) throws IOException {
        return context.bundle().variant(context.kernel(), variant.name()).resolve(LOG);
    }

    /** What a build said that was not sure is kept beside the log of the one that is. */
    private void setAsideLog(VariantLedger variant) throws IOException {
        Path log = log(variant);
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("build-in-tree.log"), StandardCopyOption.REPLACE_EXISTING);
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

    private void note(VariantLedger variant, String words) {
        context.steps().note(context.kernel() + "/" + variant.name() + ": " + words);
    }

    /** Tells variants apart in {@code uname -r}: .pp.VARIANT, in the grammar of a release. */
    private static String suffix(VariantLedger variant) {
        return ".pp." + variant.name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
