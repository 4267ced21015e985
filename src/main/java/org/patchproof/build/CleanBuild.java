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
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome;
import org.patchproof.patch.SeriesProof;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.OpenRoot;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;

/**
 * A source package built as it is: nothing is put into it, no object is reused, no compiler cache takes
 * part. What customers get is built so, in the kernel's build root. In steps that are called in their order: {@link #prepare}, {@link
 * #prove}, {@link #compile}, {@link #collect}.
 */
public final class CleanBuild {
    private final CommandRunner runner;
    private final BuildSpec spec;
    private final OpenRoot root;
    private final int jobs;
    private final Path topdir;
    private final Path log;
    private Set<String> touched = Set.of();
    private UnpackedSource source;
    private Instant made;
    private Path tree;

    /**
     * @param root where rpmbuild runs; it outlives this build
     * @param jobs how many compilers run at once
     * @param work where the private topdir is made; removed by {@link #discard}
     * @param log rpmbuild's output, appended
     */
    public CleanBuild(CommandRunner runner, BuildSpec spec, OpenRoot root, int jobs, Path work, Path log) {
        this.runner = runner;
        this.spec = spec;
        this.root = root;
        this.jobs = jobs;
        this.topdir = work.resolve("topdir").toAbsolutePath();
        this.log = log;
    }

    /**
     * Unpacks {@code srpm} and runs its %prep; done gives the kernel's tree.
     * Trouble when the disk has not the room that the kernel's YAML asks for.
     *
     * @param ours paths that the patches of the package touch: failures are told apart by them
     */
    public StepOutcome<Path> prepare(Path srpm, Set<String> ours) throws IOException {
        touched = Set.copyOf(ours);
        DiskRoom.require(topdir, spec.diskBytes());
        Files.createDirectories(topdir.getParent());
        source = SourceUnpacker.unpack(srpm, topdir);
        made = SourceDate.of(Files.readAllBytes(source.specFile()), source);
        BuildLog heard = new BuildLog();
        CommandResult result = rpmbuild(List.of("-bp"), heard::accept);
        if (!result.ok()) {
            return failed(result, heard).preparing(RejectFiles.read(topdir.resolve("BUILD"), touched));
        }
        tree = KernelTree.find(topdir.resolve("BUILD"))
                .orElseThrow(() -> new BuildTroubleException(
                        "no kernel tree under " + topdir.resolve("BUILD") + " after %prep",
                        "Expected is a directory with a Kconfig and a Makefile that has PATCHLEVEL in it."));
        return new Done<>(tree);
    }

    /** Proves that the prepared tree carries every patch of {@code series}. */
    public StepOutcome<ProofOutcome.Carried> prove(PatchSeries series) throws IOException {
        ProofOutcome outcome = new SeriesProof(runner).prove(series, tree, Set.of());
        return outcome.match(
                Done::new, no -> new Rejected<>(no.describe().lines().toList()));
    }

    /**
     * Builds the packages.
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
        if (result.ok()) {
            return new Done<>(result.elapsed());
        }
        return failed(result, heard).building();
    }

    private FailedBuild failed(CommandResult result, BuildLog heard) {
        List<Path> written = List.of(topdir, log.toAbsolutePath().getParent(), Path.of("/tmp"), Path.of("/var/tmp"));
        Optional<String> where =
                root.onHost() ? Optional.empty() : Optional.of(root.identity().words());
        return new FailedBuild(result, heard, FullDisk.among(written), where, touched);
    }

    /** The kernel's tree, after {@link #prepare}. */
    public Path tree() {
        return tree;
    }

    /** Moves all packages, and not only those that a kernel boots from, to {@code target}; sorted. */
    public List<Path> collect(Path target) throws IOException {
        Files.createDirectories(target);
        List<Path> kept = new ArrayList<>();
        try (Stream<Path> files = Files.walk(topdir.resolve("RPMS"))) {
            for (Path rpm : files.filter(file -> file.toString().endsWith(".rpm"))
                    .sorted()
                    .toList()) {
                kept.add(Files.move(rpm, target.resolve(rpm.getFileName()), StandardCopyOption.REPLACE_EXISTING));
            }
        }
        return kept.stream().sorted().toList();
    }

    /** Which kernel the collected {@code rpms} bring. */
    public BuiltKernel kernel(List<Path> rpms) throws IOException {
        return KernelPackages.read(rpms, spec.packageName(), VmlinuxNotes.buildId(tree.resolve("vmlinux")));
    }

    /** Removes the topdir. */
    public void discard() throws IOException {
        Trees.delete(topdir);
    }

    private CommandResult rpmbuild(List<String> mode, Consumer<String> lines) {
        RpmbuildCommand call = new RpmbuildCommand(
                spec,
                List.of(),
                made,
                Optional.empty(),
                jobs,
                topdir,
                source.specFile().toAbsolutePath());
        return runner.run(root.inside(call.command(mode).loggingTo(log), topdir), lines);
    }
}
