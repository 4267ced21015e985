package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.CompilerFit;
import org.patchproof.plan.BuildRoot;
import org.patchproof.root.BuildRoots;
import org.patchproof.root.OpenRoot;
import org.patchproof.root.RootException;

/** Opens the build root of a cell's kernel, unless its compiler cannot build it. */
final class RootStage {
    private final CellContext context;
    private final AssembledSource source;

    RootStage(CellContext context, AssembledSource source) {
        this.context = context;
        this.source = source;
    }

    /** @param variant the first that is built in it */
    OpenRoot open(String variant) throws IOException, InterruptedException {
        BuildRoot wanted = context.cell().kernel().build().root();
        OpenRoot opened = context.steps()
                .run(
                        variant,
                        Step.ROOT,
                        wanted.word(),
                        CellRun.unknown(),
                        progress -> open(wanted, progress),
                        done -> done.identity().words());
        try {
            requireFit(wanted, opened);
            return opened;
        } catch (TroubleException e) {
            opened.close();
            throw e;
        }
    }

    private OpenRoot open(BuildRoot wanted, Consumer<String> progress) throws IOException {
        Path log = context.bundle().directory().resolve(context.kernel()).resolve("root.log");
        try {
            return new BuildRoots(context.runner(), context.request().cacheDirectory())
                    .open(wanted, source.srpm(), log, progress);
        } catch (RootException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }

    private void requireFit(BuildRoot wanted, OpenRoot opened) {
        boolean any = wanted instanceof BuildRoot.Host host && host.compiler() == BuildRoot.Compiler.ANY;
        CompilerFit.objection(source.nevra(), opened.identity().compiler())
                .filter(why -> !any)
                .ifPresent(why -> {
                    throw new TroubleException(
                            why + " (the build root is " + opened.identity().words() + ")",
                            "Build it in a root of its own distribution: root: container or root: mock in the kernel's"
                                    + " YAML. If you know that it does build, say compiler: any beside root: host.");
                });
    }
}
