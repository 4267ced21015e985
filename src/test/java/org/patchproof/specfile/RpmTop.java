package org.patchproof.specfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private Path spec;

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

    /** What a fixture's own {@code sources} folder holds; a directory there becomes a tarball. */
    RpmTop of(String fixture) throws IOException {
        Path own = Specs.ROOT.resolve(fixture).resolve("sources");
        if (!Files.isDirectory(own)) {
            return this;
        }
        try (Stream<Path> all = Files.list(own)) {
            for (Path path : all.toList()) {
                Path target = top.resolve("SOURCES").resolve(path.getFileName().toString());
                if (Files.isDirectory(path)) {
                    StubKernel.run(Command.of(
                                    "tar",
                                    "-C",
                                    own.toString(),
                                    "-czf",
                                    target + ".tar.gz",
                                    path.getFileName().toString()))
                            .orThrow();
                } else {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return this;
    }

    RpmTop sources(PatchSeries series, PatchStyle style) throws IOException {
        for (Patch patch : series.patches()) {
            Files.write(top.resolve("SOURCES").resolve(patch.name()), patch.bytes(style));
        }
        return this;
    }

    RpmTop spec(SpecFile spec) throws IOException {
        this.spec = top.resolve("SPECS").resolve(spec.fileName());
        Files.write(this.spec, spec.print());
        return this;
    }

    CommandResult prep(List<String> defines) {
        List<String> argv = new ArrayList<>(List.of(
                "rpmbuild", "-bp", "--nodeps", "--define", "_topdir " + top, "--define", "_buildshell /bin/bash"));
        defines.forEach(d -> argv.addAll(List.of("--define", d)));
        argv.add(spec.toString());
        return StubKernel.run(Command.of(argv));
    }

    String release(List<String> defines) {
        List<String> argv =
                new ArrayList<>(List.of("rpmspec", "-q", "--srpm", "--qf", "%{release}", "--define", "_topdir " + top));
        defines.forEach(d -> argv.addAll(List.of("--define", d)));
        argv.add(spec.toString());
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
