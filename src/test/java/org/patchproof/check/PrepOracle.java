package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;

/** A source package on which check must say of patches of ours what rpmbuild does with them in the same spec. */
final class PrepOracle {
    /** Behind it the first of ours fits no longer, and the second does. */
    static final String VENDOR = "--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+new\n"
            + "--- a/net/ipv4/route.c\n+++ b/net/ipv4/route.c\n@@ -27,3 +27,3 @@\n \t\treturn;\n"
            + "-\tr->users = 0;\n+\tr->owners = 0;\n \troutes = r->next;\n";

    static final String[] OURS = {"0002-fix.patch", "0002-does-not-apply.patch"};

    private final Path dir;
    private final PatchCheckRun run;
    private final Path sources;

    PrepOracle(Path dir) throws IOException {
        this.dir = dir;
        Workspace workspace = FakeWorkspace.make(dir.resolve("workspace"));
        run = new PatchCheckRun(new LeashedRunner(), workspace, dir.resolve("cache"));
        sources = Files.createDirectories(dir.resolve("k/fake-topdir/SOURCES"));
    }

    void tool(String command) {
        new LeashedRunner().run(Command.of("bash", "-ec", command).in(sources)).orThrow();
    }

    KernelReport check(Path srpm, String ours) throws Exception {
        CheckRequest request = new CheckRequest(FakeKernel.series("s", ours), List.of(CheckedKernel.of(srpm)), 1);
        return run.check(request).get(0);
    }

    /** What {@code %prep} makes of one of our patches. */
    CommandResult prep(String ours) throws Exception {
        Path spec = dir.resolve("k/fake-topdir/SPECS/kernel.spec");
        PatchSeries series = FakeKernel.series("s", ours);
        Injected injected = SpecInjector.inject(
                        SpecFile.parse("kernel.spec", Files.readAllBytes(spec)),
                        new InjectionRequest(series, Optional.empty(), Optional.empty()))
                .match(i -> i, a -> a.asInjected(), r -> {
                    throw new AssertionError(r.toString());
                });
        Path top = dir.resolve("oracle-" + ours);
        for (String name : List.of("SOURCES", "SPECS", "BUILD")) {
            Files.createDirectories(top.resolve(name));
        }
        try (Stream<Path> all = Files.list(sources)) {
            for (Path file : all.toList()) {
                Path to = top.resolve("SOURCES").resolve(file.getFileName().toString());
                Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (Patch patch : series.patches()) {
            Files.write(top.resolve("SOURCES").resolve(patch.name()), patch.bytes(injected.patchStyle()));
        }
        Files.write(top.resolve("SPECS/kernel.spec"), injected.spec().print());
        return new LeashedRunner()
                .run(Command.of(
                        "rpmbuild",
                        "-bp",
                        "--nodeps",
                        "--define",
                        "_topdir " + top,
                        "--define",
                        "_buildshell /bin/bash",
                        top.resolve("SPECS/kernel.spec").toString()));
    }

    void asRpmbuildDoes(Path srpm) throws Exception {
        for (String ours : OURS) {
            CommandResult prep = prep(ours);
            assertThat(prep.ok()).as(prep.transcript()).isEqualTo(ours.equals(OURS[1]));
            for (int look = 1; look <= 2; look++) {
                KernelReport report = check(srpm, ours);
                assertThat(report.unfollowed()).as(ours).isEmpty();
                assertThat(report.applies()).as(ours + report.notes()).isEqualTo(prep.ok());
            }
        }
    }

    /** Where {@link FakeKernel#srpm} is to make the package. */
    Path home() {
        return dir.resolve("k");
    }

    /** What lies there before is in the package, if its spec lists it. */
    Path sources() {
        return sources;
    }

    Path cache() {
        return dir.resolve("cache");
    }
}
