package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.patchproof.build.StepOutcome.Broken;
import org.patchproof.build.StepOutcome.Done;
import org.patchproof.build.StepOutcome.Rejected;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome;
import org.patchproof.patch.SeriesProof;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.plan.QuickSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.OpenRoot;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;

/**
 * One variant, from the source package to its RPMs, in steps that are called in their order:
 * {@link #unpack}, {@link #inject}, {@link #prepare}, {@link #prove}, {@link #compile},
 * {@link #collect}. What is compiled is the very tree that was proved.
 */
public final class VariantBuild {
    private final CommandRunner runner;
    private final BuildSpec spec;
    private final PatchSeries series;
    private final String releaseSuffix;
    private final CompilerCache compilerCache;
    private final int jobs;
    private final Path work;
    private final Path log;
    private Optional<OpenRoot> root = Optional.empty();
    private Topdir topdir;
    private Optional<BaseTree> base = Optional.empty();
    private Optional<SeriesLayer> layer = Optional.empty();
    private String specName;
    private SpecInjection injection;
    private Instant made;
    /** Relative to the topdir. */
    private Path tree;

    /**
     * @param releaseSuffix as {@code .pp.control}: what tells this variant's packages from others
     * @param jobs how many compilers run at once, as rpm's {@code %_smp_mflags} says
     * @param work where the private topdir is made; removed by {@link #discard}
     * @param log rpmbuild's output, appended
     */
    public VariantBuild(
            CommandRunner runner,
            BuildSpec spec,
            PatchSeries series,
            String releaseSuffix,
            CompilerCache compilerCache,
            int jobs,
            Path work,
            Path log) {
        this.runner = runner;
        this.spec = spec;
        this.series = series;
        this.releaseSuffix = releaseSuffix;
        this.compilerCache = compilerCache;
        this.jobs = jobs;
        this.work = work.toAbsolutePath();
        this.log = log;
    }

    /**
     * Unpacks the source package into a private topdir.
     *
     * @throws BuildTroubleException when the disk is too full
     */
    public UnpackedSource unpack(Path srpm) throws IOException {
        requireRoot();
        Path own = work.resolve("topdir");
        DiskRoom.require(own, spec.diskBytes());
        Files.createDirectories(work);
        UnpackedSource source = SourceUnpacker.unpack(srpm, own);
        boolean mounts = root.map(OpenRoot::seesMounts).orElse(true);
        topdir = new PlainTopdir(own, mounts ? BuildPlace.find(runner, own) : Optional.empty());
        specName = source.specFile().getFileName().toString();
        made = SourceDate.of(Files.readAllBytes(source.specFile()), source);
        return source;
    }

    /**
     * Begins with a tree that is built already instead of the source package. The base stays in use until
     * this build is discarded.
     */
    public void begin(BaseTree from) throws IOException {
        base = Optional.of(from);
        topdir = BaseTopdir.over(runner, from, releaseSuffix, work);
        specName = from.facts().specName();
        made = from.facts().made();
    }

    /** Lets rpmbuild run in {@code root}, which outlives this build; else it runs on this host. */
    public VariantBuild in(OpenRoot root) {
        this.root = Optional.of(root);
        return this;
    }

    private void requireRoot() {
        if (root.isEmpty() && !(spec.root() instanceof BuildRoot.Host)) {
            throw new IllegalStateException("the build root " + spec.root().word() + " was not opened");
        }
    }

    /** Puts the series into the spec and the patches beside it; done gives the spec's diff. */
    public StepOutcome<SpecChange> inject() throws IOException {
        Path from = base.map(BaseTree::topdir).orElse(topdir.own());
        StepOutcome<SpecInjection> outcome = SpecInjection.run(from, topdir.own(), specName, series, releaseSuffix);
        Optional<SpecInjection> done = outcome.match(Optional::of, rejected -> Optional.empty(), b -> Optional.empty());
        if (done.isPresent()) {
            injection = done.get();
        }
        return outcome.match(d -> new Done<>(d.change()), Rejected::new, Broken::new);
    }

    /**
     * What the packages will be made of, once the series is in the spec.
     *
     * @param paths of which the proof will speak
     */
    public BuildIdentity packages(BuildIdentity identity, Set<String> paths) {
        return identity.with(injection.inputs(series, releaseSuffix, paths));
    }

    /**
     * Makes the base's tree the one that %prep would make for this variant.
     *
     * @return why it cannot be, or not for sure: build it clean; empty when it is done
     */
    public Optional<String> switchSeries() throws IOException {
        BaseTree from = base.orElseThrow();
        Optional<String> objection = PreparedAlike.objection(
                from.facts(),
                series,
                releaseSuffix,
                PrepScript.read(
                        runner,
                        topdir,
                        this::entered,
                        injection.injected().spec().print(),
                        call(),
                        work),
                injection.injected().rpmbuildDefines());
        if (objection.isPresent()) {
            return objection;
        }
        tree = BaseTopdir.renamed(from.facts(), releaseSuffix);
        SeriesLayer.Result result =
                SeriesLayer.lay(runner, from, series, topdir.own().resolve(topdir.original(tree)));
        layer = result.layer();
        return result.objection();
    }

    /** Runs %prep. */
    public StepOutcome<Path> prepare() throws IOException {
        BuildLog heard = new BuildLog();
        CommandResult result = rpmbuild(List.of("-bp"), heard::accept);
        if (!result.ok()) {
            return failed(result, heard).preparing(RejectFiles.read(topdir.own().resolve("BUILD"), series.paths()));
        }
        Path build = topdir.own().resolve("BUILD");
        Path found = KernelTree.find(build)
                .orElseThrow(() -> new BuildTroubleException(
                        "no kernel tree under " + build + " after %prep",
                        "Expected is a directory with a Kconfig and a Makefile that has PATCHLEVEL in it."));
        tree = topdir.own().relativize(found);
        return new Done<>(found);
    }

    /**
     * Proves that the prepared tree carries every patch of the series.
     *
     * @param alsoRecord files whose digests are wanted in the proof beside those the series touches
     */
    public StepOutcome<ProofOutcome.Carried> prove(Set<String> alsoRecord) throws IOException {
        SortedSet<String> paths = series.paths();
        paths.addAll(alsoRecord);
        ProofOutcome outcome = new SeriesProof(runner).prove(series, topdir.view(tree, paths), alsoRecord);
        return outcome.match(
                this::ofTheSameBase, no -> new Rejected<>(no.describe().lines().toList()));
    }

    private StepOutcome<ProofOutcome.Carried> ofTheSameBase(ProofOutcome.Carried proof) {
        return base.flatMap(from -> SeriesLayer.otherBase(from, proof))
                .<StepOutcome<ProofOutcome.Carried>>map(path ->
                        new Rejected<>(List.of(path + " is, without the patches, another than on the clean build of "
                                + base.get().variant())))
                .orElseGet(() -> new Done<>(proof));
    }

    /**
     * Builds the packages in the tree that was proved.
     *
     * @param progress gets the number of objects made so far, now and then
     */
    public StepOutcome<Duration> compile(Consumer<Integer> progress) throws IOException {
        return compile(Output.PACKAGES, progress);
    }

    /** As {@link #compile(Consumer)}, but for what %install and the packing make. */
    public StepOutcome<Duration> compileImage(Consumer<Integer> progress) throws IOException {
        return compile(Output.IMAGE, progress);
    }

    private StepOutcome<Duration> compile(Output output, Consumer<Integer> progress) throws IOException {
        BuildLog heard = new BuildLog();
        CommandResult result = rpmbuild(output.mode(), line -> {
            int before = heard.objects();
            heard.accept(line);
            if (heard.objects() != before) {
                progress.accept(heard.objects());
            }
        });
        if (!result.ok()) {
            return failed(result, heard).building();
        }
        requireFresh();
        return new Done<>(result.elapsed());
    }

    private void requireFresh() throws IOException {
        if (layer.isPresent()) {
            Path own = topdir.own().resolve(topdir.original(tree));
            layer.get().stale(base.orElseThrow(), own).ifPresent(object -> {
                throw new BuildTroubleException(
                        "make did not build " + object + " again, whose source changed",
                        "Build this variant clean (--clean).");
            });
        }
    }

    private FailedBuild failed(CommandResult result, BuildLog heard) {
        List<Path> written =
                List.of(topdir.own(), log.toAbsolutePath().getParent(), Path.of("/tmp"), Path.of("/var/tmp"));
        Optional<String> where = root.filter(opened -> !opened.onHost())
                .map(opened -> opened.identity().words());
        return new FailedBuild(result, heard, FullDisk.among(written), where, series.paths());
    }

    /** Takes the packages out of the topdir, to {@code target}, and reads what they hold. */
    public BuiltKernel collect(Path target) throws IOException {
        Files.createDirectories(target);
        List<Path> rpms;
        try (Stream<Path> files = Files.walk(topdir.own().resolve("RPMS"))) {
            rpms = files.filter(file -> file.toString().endsWith(".rpm"))
                    .sorted()
                    .toList();
        }
        List<Path> kept = new ArrayList<>();
        for (Path rpm : rpms) {
            kept.add(Files.move(rpm, target.resolve(rpm.getFileName()), StandardCopyOption.REPLACE_EXISTING));
        }
        Optional<Path> vmlinux = topdir.file(tree.resolve("vmlinux"));
        return KernelPackages.read(
                kept, spec.packageName(), vmlinux.isPresent() ? VmlinuxNotes.buildId(vmlinux.get()) : Optional.empty());
    }

    /**
     * Why the image alone would not do in a guest; empty when it will. To be asked when the tree is prepared.
     */
    public Optional<String> needsModules() throws IOException {
        Optional<Path> config = topdir.file(tree.resolve(".config"));
        return spec.quick().modules() == QuickSpec.Modules.UNNEEDED || config.isEmpty()
                ? Optional.empty()
                : ModulesNeeded.objection(config.get());
    }

    /**
     * Copies the kernel's image out of its tree.
     *
     * @param target the file to be made
     * @throws BuildTroubleException when this build did not make it: a tree that was built before has another's
     */
    public BootImage image(Path target) throws IOException {
        Path vmlinux = linked(tree.resolve("vmlinux"));
        Path release = topdir.file(tree.resolve("include/config/kernel.release"))
                .orElseThrow(() -> notMade("include/config/kernel.release"));
        Files.createDirectories(target.getParent());
        Files.copy(linked(tree.resolve(spec.quick().image())), target, StandardCopyOption.REPLACE_EXISTING);
        return new BootImage(
                target, FileDigest.sha256(target), Files.readString(release).strip(), VmlinuxNotes.buildId(vmlinux));
    }

    /** A file that follows from every source: in a tree that was built before, with other sources, it is another's. */
    private Path linked(Path relative) throws IOException {
        Path file = topdir.file(relative)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> notMade(tree.relativize(relative).toString()));
        if (base.isPresent() && layer.filter(SeriesLayer::changesNothing).isEmpty()) {
            Path before = base.get().tree().resolve(tree.relativize(relative));
            boolean same = Files.isRegularFile(before)
                    && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(before)) <= 0;
            if (same) {
                throw notMade(tree.relativize(relative).toString());
            }
        }
        return file;
    }

    private BuildTroubleException notMade(String file) {
        return new BuildTroubleException(
                "the build did not make " + file,
                "Say where the kernel's image is, quick: {image: ...} in the kernel's YAML, or use --lane rpm.");
    }

    /** Removes all that the build made, but for what {@link #collect} took out. */
    public void discard() throws IOException {
        if (topdir != null) {
            topdir.discard();
        }
        Trees.delete(work);
        if (base.isPresent()) {
            base.get().close();
        }
    }

    /** Whether ccache took part, in words. */
    public String compilerCacheUsed() {
        return compilerLinks().map(path -> "ccache (" + path + ")").orElse("none");
    }

    /** The links are this host's: a container has its own compiler. */
    private Optional<Path> compilerLinks() {
        return root.map(OpenRoot::onHost).orElse(true) ? compilerCache.links() : Optional.empty();
    }

    /**
     * Leaves the topdir of a clean build that is done to another, under {@code key}.
     *
     * @param proof of the tree after the compile
     */
    LeftBuild leave(String key, ProofOutcome.Carried proof) throws IOException {
        BaseTree.Facts facts = BaseTree.Facts.of(
                key,
                series,
                releaseSuffix,
                specName,
                tree,
                made,
                injection.injected().rpmbuildDefines(),
                proof,
                PrepScript.read(
                        runner,
                        topdir,
                        this::entered,
                        injection.injected().spec().print(),
                        call(),
                        work));
        return new LeftBuild(topdir.own(), facts, injection);
    }

    private CommandResult rpmbuild(List<String> mode, Consumer<String> lines) {
        return runner.run(entered(call().command(mode).loggingTo(log)), lines);
    }

    /** In the build root, where it sees the topdir. */
    private Command entered(Command command) {
        Path seen = topdir.seen();
        return topdir.enter(root.map(opened -> opened.inside(command, seen)).orElse(command));
    }

    private RpmbuildCommand call() {
        return new RpmbuildCommand(
                spec,
                injection.injected().rpmbuildDefines(),
                made,
                compilerLinks(),
                jobs,
                topdir.seen(),
                topdir.seen().resolve("SPECS").resolve(specName));
    }
}
