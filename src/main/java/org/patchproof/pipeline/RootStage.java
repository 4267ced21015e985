package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.patchproof.build.CompilerFit;
import org.patchproof.plan.BuildRoot;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.BuildRoots;
import org.patchproof.root.OpenRoot;
import org.patchproof.root.RootException;

/**
 * Opens build roots, unless their compiler cannot build the kernel.
 *
 * @param cache where roots are kept that were made from packages
 * @param log where the making of a root is told
 */
record RootStage(CommandRunner runner, Path cache, Path log, Steps steps) {
    private static final String ROOT_OF_ITS_OWN =
            "Build it in a root of its own distribution: root: container or root: mock in the kernel's YAML."
                    + " If you know that it does build, say compiler: any beside root: host.";

    /**
     * The root of a kernel.
     *
     * @param variant the first that is built in it
     * @param nevra of the source package
     * @throws TroubleException when it cannot be opened, or its compiler is known to be too new
     */
    OpenRoot open(String variant, BuildRoot wanted, String nevra, Path srpm) throws IOException, InterruptedException {
        OpenRoot opened = open(variant, wanted, srpm);
        try {
            boolean any = wanted instanceof BuildRoot.Host host && host.compiler() == BuildRoot.Compiler.ANY;
            if (!any) {
                requireFit(nevra, opened, ROOT_OF_ITS_OWN);
            }
            return opened;
        } catch (TroubleException e) {
            opened.close();
            throw e;
        }
    }

    /** As the other, whatever its compiler: for a kernel that somebody has built in such a root. */
    OpenRoot open(String variant, BuildRoot wanted, Path srpm) throws IOException, InterruptedException {
        return steps.run(
                variant,
                Step.ROOT,
                wanted.word(),
                CellRun.unknown(),
                progress -> open(wanted, srpm, progress),
                done -> done.identity().words());
    }

    private OpenRoot open(BuildRoot wanted, Path srpm, Consumer<String> progress) throws IOException {
        try {
            return new BuildRoots(runner, cache).open(wanted, srpm, log, progress);
        } catch (RootException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }

    /**
     * Refuses a compiler that is known to be too new.
     *
     * @param nevra of the source package
     */
    static void requireFit(String nevra, OpenRoot opened, String remedy) {
        CompilerFit.objection(nevra, opened.identity().compiler()).ifPresent(why -> {
            throw new TroubleException(
                    why + " (the build root is " + opened.identity().words() + ")", remedy);
        });
    }
}
