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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.patchproof.build.StepOutcome.Done;
import org.patchproof.build.StepOutcome.Rejected;
import org.patchproof.files.Trees;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome;
import org.patchproof.patch.SeriesProof;
import org.patchproof.patch.TextDiff;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.specfile.InjectionOutcome;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.SourcesAtHand;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;
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
    private final Path topdir;
    private final Path log;
    private UnpackedSource source;
    private Optional<BuildPlace> place = Optional.empty();
    private Instant made;
    private Injected injected;
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
        this.topdir = work.resolve("topdir").toAbsolutePath();
        this.log = log;
    }

    /**
     * Unpacks the source package into a private topdir.
     *
     * @throws BuildTroubleException when this build root cannot be used here, or the disk is too full
     */
    public UnpackedSource unpack(Path srpm) throws IOException {
        requireHost();
        requireRoom();
        Files.createDirectories(topdir.getParent());
        source = SourceUnpacker.unpack(srpm, topdir);
        place = BuildPlace.find(runner, topdir);
        return source;
    }

    private void requireHost() {
        if (spec.root() != BuildRoot.HOST) {
            throw new BuildTroubleException(
                    "this kernel is to be built in a " + spec.root().name().toLowerCase(java.util.Locale.ROOT)
                            + " build root, which this version cannot do",
                    "Its sources may not build with this host's compiler. If they do, say root: host in its YAML.");
        }
    }

    private void requireRoom() {
        Path existing = topdir;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        // Not Files.getFileStore: it looks for a mount point, which a chroot does not have.
        long usable = existing.toFile().getUsableSpace();
        if (usable < spec.diskBytes()) {
            throw new BuildTroubleException(
                    existing + " has " + (usable >> 20) + " MiB free, this build needs " + (spec.diskBytes() >> 20)
                            + " MiB",
                    "Free some space, or put the runs on another disk with --out DIR.");
        }
    }

    /** Puts the series into the spec and the patches beside it; done gives the spec's diff. */
    public StepOutcome<SpecChange> inject() throws IOException {
        byte[] before = Files.readAllBytes(source.specFile());
        made = SourceDate.of(before, source);
        SpecFile parsed = SpecFile.parse(
                source.specFile().getFileName().toString(), before, SourcesAtHand.in(topdir.resolve("SOURCES")));
        InjectionOutcome outcome = SpecInjector.inject(parsed, InjectionRequest.of(series, releaseSuffix));
        Optional<List<String>> refused = outcome.match(
                done -> Optional.empty(),
                already -> Optional.of(List.of("the source package carries a series of this name already")),
                no -> Optional.of(List.of(no.seen(), no.remedy())));
        if (refused.isPresent()) {
            return new Rejected<>(refused.get());
        }
        injected = (Injected) outcome;
        byte[] after = injected.spec().print();
        Files.write(source.specFile(), after);
        for (Patch patch : series.patches()) {
            Files.write(topdir.resolve("SOURCES").resolve(patch.name()), patch.bytes(injected.patchStyle()));
        }
        return new Done<>(new SpecChange(
                injected.dialect(), injected.explanation(), TextDiff.unified(parsed.fileName(), before, after)));
    }

    /** Runs %prep. */
    public StepOutcome<Path> prepare() throws IOException {
        BuildLog heard = new BuildLog();
        CommandResult result = rpmbuild(List.of("-bp"), heard::accept);
        if (!result.ok()) {
            return failed(result, heard).preparing(RejectFiles.read(topdir.resolve("BUILD"), series.paths()));
        }
        Optional<Path> found = KernelTree.find(topdir.resolve("BUILD"));
        if (found.isEmpty()) {
            throw new BuildTroubleException(
                    "no kernel tree under " + topdir.resolve("BUILD") + " after %prep",
                    "Expected is a directory with a Kconfig and a Makefile that has PATCHLEVEL in it.");
        }
        tree = found.get();
        return new Done<>(tree);
    }

    /**
     * Proves that the prepared tree carries every patch of the series.
     *
     * @param alsoRecord files whose digests are wanted in the proof beside those the series touches
     */
    public StepOutcome<ProofOutcome.Carried> prove(Set<String> alsoRecord) throws IOException {
        ProofOutcome outcome = new SeriesProof(runner).prove(series, tree, alsoRecord);
        return outcome.match(
                Done::new, no -> new Rejected<>(no.describe().lines().toList()));
    }

    /**
     * Builds the packages in the tree that was proved.
     *
     * @param progress gets the number of objects made so far, now and then
     */
    public StepOutcome<Duration> compile(Consumer<Integer> progress) throws IOException {
        BuildLog heard = new BuildLog();
        CommandResult result = rpmbuild(List.of("-bb", "--noprep", "--noclean"), line -> {
            int before = heard.objects();
            heard.accept(line);
            if (heard.objects() != before) {
                progress.accept(heard.objects());
            }
        });
        return result.ok()
                ? new Done<>(result.elapsed())
                : failed(result, heard).building();
    }

    private FailedBuild failed(CommandResult result, BuildLog heard) {
        List<Path> written = List.of(topdir, log.toAbsolutePath().getParent(), Path.of("/tmp"), Path.of("/var/tmp"));
        return new FailedBuild(result, heard, FullDisk.among(written), series.paths());
    }

    /** Takes the packages out of the topdir, to {@code target}, and reads what they hold. */
    public BuiltKernel collect(Path target) throws IOException {
        Files.createDirectories(target);
        List<Path> rpms;
        try (Stream<Path> files = Files.walk(topdir.resolve("RPMS"))) {
            rpms = files.filter(file -> file.toString().endsWith(".rpm"))
                    .sorted()
                    .toList();
        }
        List<Path> kept = new ArrayList<>();
        for (Path rpm : rpms) {
            kept.add(Files.move(rpm, target.resolve(rpm.getFileName()), StandardCopyOption.REPLACE_EXISTING));
        }
        return KernelPackages.read(kept, spec.packageName(), VmlinuxNotes.buildId(tree.resolve("vmlinux")));
    }

    /** Removes the topdir. */
    public void discard() throws IOException {
        Trees.delete(topdir);
    }

    /** Whether ccache took part, in words. */
    public String compilerCacheUsed() {
        return compilerCache.links().map(path -> "ccache (" + path + ")").orElse("none");
    }

    private CommandResult rpmbuild(List<String> mode, Consumer<String> lines) {
        Path seen = place.isPresent() ? BuildPlace.SEEN_AT : topdir;
        RpmbuildCommand call = new RpmbuildCommand(
                spec,
                injected.rpmbuildDefines(),
                made,
                compilerCache.links(),
                jobs,
                seen,
                seen.resolve(topdir.relativize(source.specFile().toAbsolutePath())));
        Command command = call.command(mode).loggingTo(log);
        return runner.run(place.map(at -> at.bound(topdir, command)).orElse(command), lines);
    }
}
