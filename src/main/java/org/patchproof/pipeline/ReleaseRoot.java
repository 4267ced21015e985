package org.patchproof.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.patchproof.build.AssembledSource;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.BuildRootFacts;
import org.patchproof.release.BuildRootPackages;
import org.patchproof.root.OpenRoot;

/**
 * The root that a release is built in, and what its papers say of it; closing it closes that.
 *
 * @param asked how it was opened
 * @param open what came of it
 * @param facts what it is, as papers say it
 */
record ReleaseRoot(CommandRunner runner, BuildRoot asked, OpenRoot open, BuildRootFacts facts)
        implements AutoCloseable {

    /** The root of a kernel. */
    static ReleaseRoot open(RootStage stage, BuildSpec build, AssembledSource source)
            throws IOException, InterruptedException {
        return of(stage.runner(), build.root(), stage.open("", build.root(), source.nevra(), source.srpm()));
    }

    /** Of a root that was opened for it; when this fails, that is closed. */
    static ReleaseRoot of(CommandRunner runner, BuildRoot asked, OpenRoot open) throws IOException {
        try {
            String system = HostFacts.withoutGuests().record().os();
            return new ReleaseRoot(runner, asked, open, RecordedRoot.facts(asked, open.identity(), system));
        } catch (IOException e) {
            open.close();
            throw e;
        }
    }

    /** What is installed in it, as package URLs. */
    List<String> installed() {
        return new BuildRootPackages(runner, open::inside).list();
    }

    /** Program -> version of all that has a part in a release: what builds is the root's, what signs is the host's. */
    Map<String, String> tools() {
        Map<String, String> tools = new TreeMap<>();
        tools.put("patchproof", Verification.version());
        for (String program : List.of("gpg", "createrepo_c")) {
            tools.put(program, version(ask(program)));
        }
        for (String program : List.of("rpmbuild", "gcc")) {
            tools.put(program, version(open.inside(ask(program))));
        }
        return tools;
    }

    private static Command ask(String program) {
        return Command.of(program, "--version");
    }

    private String version(Command question) {
        return runner.run(question).output().lines().findFirst().orElse("unknown");
    }

    @Override
    public void close() {
        open.close();
    }
}
