package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.BuiltKernel;
import org.patchproof.build.CleanBuild;
import org.patchproof.build.PatchedSource;
import org.patchproof.build.SourcePatching;
import org.patchproof.build.StepOutcome;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.plan.KernelSpec;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.KernelFacts;
import org.patchproof.release.KernelFactsReader;
import org.patchproof.release.RefusedException;
import org.patchproof.release.ReleaseWork;
import org.patchproof.release.TraceCheck;
import org.patchproof.release.VersionOrder.Evr;
import org.patchproof.repro.KernelUnderTest;
import org.patchproof.root.OpenRoot;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.srpm.Nevra;
import org.patchproof.srpm.RpmFile;

/** The builds of a release, each once, however often the release is begun. */
final class ReleaseBuilds {
    private final CommandRunner runner;
    private final ReleaseWork work;
    private final KernelSpec kernel;
    private final OpenRoot root;
    private final int jobs;
    private final Steps steps;

    ReleaseBuilds(CommandRunner runner, ReleaseWork work, KernelSpec kernel, OpenRoot root, int jobs, Steps steps) {
        this.runner = runner;
        this.work = work;
        this.kernel = kernel;
        this.root = root;
        this.jobs = jobs;
        this.steps = steps;
    }

    /** The source package with the fix in it. */
    record SourceDone(String file, String sha256, String nevra, String diff) {}

    /** Packages of one build, and what was seen in its tree before that was removed. */
    record BuildDone(
            String uname, Evr version, List<String> rpms, Image image, KernelFacts facts, TraceCheck.Result traces) {}

    /**
     * What boots of it.
     *
     * @param packages file names of what it takes, the kernel's own first
     */
    record Image(List<String> packages, String nevra, String path, String sha256, Optional<String> buildId) {}

    /** Puts the fix into the vendor's package. */
    SourceDone source(Path vendor, InjectionRequest request) throws IOException, InterruptedException {
        return work.once(
                "source",
                SourceDone.class,
                folder -> steps.run(
                        "",
                        Step.INJECT,
                        vendor.getFileName().toString(),
                        Optional.empty(),
                        progress -> {
                            SourcePatching patching = new SourcePatching(
                                    runner, kernel.build(), root, work.scratch("source"), work.log("source"));
                            PatchedSource made = done(
                                    patching.make(vendor, request, folder),
                                    "the source package cannot take the fix",
                                    "See the lines above; ./patchproof check PATCH --kernel " + kernel.name()
                                            + " says more.");
                            return new SourceDone(
                                    made.srpm().getFileName().toString(),
                                    made.sha256(),
                                    made.nevra(),
                                    made.change().diff());
                        },
                        made -> made.nevra()));
    }

    /**
     * Builds {@code srpm} clean.
     *
     * @param series what its tree must carry; empty for the vendor's own
     * @param traces what is looked for in the built tree
     */
    BuildDone build(String name, Path srpm, Optional<PatchSeries> series, List<String> traces)
            throws IOException, InterruptedException {
        if (work.has(name, BuildDone.class)) {
            steps.note(kernel.name() + "/" + name + ": built before");
        }
        return work.once(name, BuildDone.class, folder -> {
            CleanBuild build = new CleanBuild(runner, kernel.build(), root, jobs, work.scratch(name), work.log(name));
            try {
                build.discard(); // of a release that was killed
                return build(build, name, srpm, series, traces, folder);
            } catch (BuildTroubleException e) {
                throw new TroubleException(e.getMessage(), e.remedy(), e);
            } finally {
                build.discard();
            }
        });
    }

    private BuildDone build(
            CleanBuild build, String name, Path srpm, Optional<PatchSeries> series, List<String> traces, Path folder)
            throws IOException, InterruptedException {
        Set<String> ours = series.<Set<String>>map(PatchSeries::paths).orElse(Set.of());
        Path tree = done(
                steps.run(
                        name,
                        Step.PREPARE,
                        srpm.getFileName().toString(),
                        Optional.empty(),
                        progress -> build.prepare(srpm, ours),
                        out -> ""),
                "the fix does not apply without the instrumentation",
                "Write the fix against the vendor's source, and the instrumentation so that it applies with and without"
                        + " it; then prove it again.");
        Optional<Carried> proved = Optional.empty();
        if (series.isPresent()) {
            proved = Optional.of(done(
                    steps.run(name, Step.PROVE, "", Optional.empty(), progress -> build.prove(series.get()), out -> ""),
                    "the tree does not carry the fix",
                    "See what the spec's %prep does with its patches."));
        }
        done(
                steps.run(
                        name,
                        Step.BUILD,
                        "rpmbuild, clean",
                        Optional.empty(),
                        progress -> build.compile(objects -> {
                            if (objects % 20 == 0) {
                                progress.accept(objects + " objects");
                            }
                        }),
                        out -> ""),
                "it does not build",
                "See " + work.log(name) + ".");
        if (proved.isPresent()) {
            requireAsProved(proved.get(), build.prove(series.orElseThrow()));
        }
        List<Path> rpms = build.collect(folder.resolve("rpms"));
        BuiltKernel built = build.kernel(rpms);
        Nevra nevra = RpmFile.read(built.kernelPackage().file()).nevra();
        return new BuildDone(
                built.release(),
                new Evr(nevra.epoch(), nevra.version(), nevra.release()),
                rpms.stream().map(rpm -> rpm.getFileName().toString()).toList(),
                new Image(
                        built.packages().stream()
                                .map(rpm -> rpm.file().getFileName().toString())
                                .toList(),
                        built.kernelPackage().nevra(),
                        built.imagePath(),
                        built.imageSha256(),
                        built.buildId()),
                new KernelFactsReader(runner).read(tree, rpms, built.release()),
                TraceCheck.look(tree, traces));
    }

    /** %build may touch sources as well: what was compiled is the tree only if it is still the one that was proved. */
    private static void requireAsProved(Carried before, StepOutcome<Carried> outcome) {
        String remedy = "See the spec's %build: what it compiles is not what was proved.";
        Carried after = done(outcome, "after %build the tree does not carry the fix", remedy);
        if (!after.files().equals(before.files())) {
            throw new RefusedException("%build changed a file that the fix touches", remedy);
        }
    }

    /** The packages of a finished build. */
    List<Path> packages(String name, BuildDone done) {
        return done.rpms().stream()
                .map(file -> work.folder(name).resolve("rpms").resolve(file))
                .toList();
    }

    /** The kernel of a finished build, for who tries it. */
    KernelUnderTest kernel(String name, BuildDone done) {
        Image image = done.image();
        return new KernelUnderTest(
                image.packages().stream()
                        .map(file -> work.folder(name).resolve("rpms").resolve(file))
                        .toList(),
                image.nevra(),
                done.uname(),
                image.path(),
                image.sha256(),
                image.buildId());
    }

    /** The source package. */
    Path file(SourceDone done) {
        return work.folder("source").resolve(done.file());
    }

    private static <T> T done(StepOutcome<T> outcome, String what, String remedy) {
        return outcome.match(
                value -> value,
                rejected -> {
                    throw new RefusedException(what + ":\n    " + String.join("\n    ", rejected), remedy);
                },
                broken -> {
                    throw new RefusedException(what + ":\n    " + String.join("\n    ", broken), remedy);
                });
    }
}
