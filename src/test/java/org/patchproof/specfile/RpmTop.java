package org.patchproof.specfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.ProofOutcome;
import org.patchproof.patch.SeriesProof;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.StubKernel;

/** An rpmbuild topdir with the stub kernel's tarball and the vendor's patches. */
final class RpmTop {
    private final Path top;

    private RpmTop(Path top) {
        this.top = top;
    }

    static RpmTop create(Path top) throws IOException {
        for (String name : List.of("SOURCES", "SPECS", "BUILD")) {
            Files.createDirectories(top.resolve(name));
        }
        Path sources = top.resolve("SOURCES");
        Path stage = top.resolve("stage");
        StubKernel.tree(stage.resolve("linux-6.1"));
        StubKernel.run(Command.of(
                        "tar",
                        "-C",
                        stage.toString(),
                        "-czf",
                        sources.resolve("linux-6.1.tar.gz").toString(),
                        "linux-6.1"))
                .orThrow();
        for (String name : List.of("vendor-one.patch", "vendor-two.patch", "vendor-never.patch")) {
            Files.copy(StubKernel.STUB.resolve(name), sources.resolve(name));
        }
        Files.createFile(sources.resolve("linux-kernel-test.patch"));
        Files.writeString(sources.resolve("Makefile.common"), "all:\n");
        return new RpmTop(top);
    }

    RpmTop sources(PatchSeries series, PatchStyle style) throws IOException {
        for (Patch patch : series.patches()) {
            Files.write(top.resolve("SOURCES").resolve(patch.name()), patch.bytes(style));
        }
        return this;
    }

    RpmTop spec(SpecFile spec) throws IOException {
        Files.write(top.resolve("SPECS/kernel.spec"), spec.print());
        return this;
    }

    CommandResult prep(List<String> defines) {
        List<String> argv = new ArrayList<>(List.of(
                "rpmbuild", "-bp", "--nodeps", "--define", "_topdir " + top, "--define", "_buildshell /bin/bash"));
        defines.forEach(d -> argv.addAll(List.of("--define", d)));
        argv.add(top.resolve("SPECS/kernel.spec").toString());
        return StubKernel.run(Command.of(argv));
    }

    String release(List<String> defines) {
        List<String> argv = new ArrayList<>(List.of("rpmspec", "-q", "--srpm", "--qf", "%{release}"));
        defines.forEach(d -> argv.addAll(List.of("--define", d)));
        argv.add(top.resolve("SPECS/kernel.spec").toString());
        return StubKernel.run(Command.of(argv)).orThrow().output();
    }

    Path tree() throws IOException {
        try (Stream<Path> all = Files.walk(top.resolve("BUILD"))) {
            Path route =
                    all.filter(p -> p.endsWith(StubKernel.ROUTE)).findFirst().orElseThrow();
            return route.getParent().getParent().getParent();
        }
    }

    ProofOutcome proof(PatchSeries series) throws IOException {
        return new SeriesProof(new LeashedRunner()).prove(series, tree());
    }
}
