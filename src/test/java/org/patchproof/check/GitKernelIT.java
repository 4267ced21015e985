package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.SourceAssembly;
import org.patchproof.plan.KernelSpec;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;
import org.patchproof.testing.DevRepo;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.StubKernel;

/** A repository and a ref are enough: the source package is made, prepared by rpmbuild, and checked on. */
class GitKernelIT {
    @TempDir
    Path dir;

    private Workspace workspace;
    private DevRepo repo;

    @BeforeEach
    void repositoryAndWorkspace() throws Exception {
        workspace = FakeWorkspace.make(dir.resolve("workspace"));
        repo = DevRepo.at(dir.resolve("repo"));
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/fakekernel/tree"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                repo.write(
                        Path.of("src/test/resources/fakekernel/tree")
                                .relativize(file)
                                .toString(),
                        Files.readString(file));
            }
        }
        repo.commit("a kernel");
        Path packaging = Files.createDirectories(workspace.kernels().resolve("packaging"));
        Files.writeString(
                packaging.resolve("kernel.spec"),
                FakeKernel.spec()
                        .replace("Version: 1.0.7", "Version: @VERSION@")
                        .replace("Release: 3", "Release: @RELEASE@")
                        .replace("linux-1.0.7.tar.gz", "@TARBALL@")
                        .replace("mv linux-1.0.7 ", "mv @TARBALLROOT@ "));
        Files.writeString(workspace.kernelFile("mine"), """
                kernel: mine
                title: What I work on
                arch: x86_64
                source: {kind: git, repository: %s, ref: main, packaging: packaging}
                build: {root: host, package: kernel, nodeps: true, timeout: 2m, disk: 16M}
                guest: debian-12
                """.formatted(repo.home()));
    }

    private KernelSpec kernel() {
        return PlanLoader.kernels(workspace, List.of("mine"), Map.of()).get(0);
    }

    @Test
    void theSourcePackageIsThatOfTheCommitAndRpmbuildPreparesIt() throws Exception {
        String makefile = Files.readString(repo.home().resolve("Makefile"));
        repo.write("Makefile", makefile.replaceFirst("(?m)^EXTRAVERSION =.*$", "EXTRAVERSION = -rc3"));
        String commit = repo.commit("rc3");
        repo.write("Makefile", "not committed");
        SourceAssembly assembly = new SourceAssembly(new LeashedRunner(), workspace, dir.resolve("cache"));
        AssembledSource source = assembly.assemble(kernel(), dir.resolve("log"));
        assertThat(source.nevra()).isEqualTo("kernel-1.0.7-0.rc3.git" + commit.substring(0, 12) + ".src");
        assertThat(source.how()).contains("commit " + commit + " (main of ");
        assertThat(source.madeOf()).contains("commit " + commit);
        assertThat(assembly.madeOf(kernel().source())).isEqualTo(source.madeOf());
        assertThat(assembly.assemble(kernel(), dir.resolve("log"))).isEqualTo(source);
        UnpackedSource unpacked = SourceUnpacker.unpack(source.srpm(), dir.resolve("top"));
        StubKernel.run(Command.of(
                        "rpmbuild",
                        "-bp",
                        "--nodeps",
                        "--define",
                        "_topdir " + dir.resolve("top"),
                        unpacked.specFile().toString()))
                .orThrow();
        try (Stream<Path> tree = Files.walk(dir.resolve("top/BUILD"))) {
            assertThat(tree.map(Path::toString)).anyMatch(p -> p.endsWith("net/ipv4/route.c"));
        }
    }

    @Test
    void aNewCommitIsAnotherSourceAndTheSameOneIsNotReadTwice() throws Exception {
        PatchCheckRun run = new PatchCheckRun(new LeashedRunner(), workspace, dir.resolve("cache"));
        CheckRequest request =
                new CheckRequest(FakeKernel.series("s", "0002-fix.patch"), List.of(CheckedKernel.of(kernel())), 1);
        KernelReport first = run.check(request).get(0);
        assertThat(first.applies()).isTrue();
        Path packages = dir.resolve("cache/sources");
        assertThat(entries(packages)).isEqualTo(1);
        assertThat(run.check(request).get(0)).isEqualTo(first);
        repo.edit("net/ipv4/route.c", "r->users = 0;", "r->users = 0;\n\tr->key = 0;")
                .commit("fixed");
        KernelReport fixed = run.check(request).get(0);
        assertThat(fixed.applies()).isFalse();
        assertThat(fixed.nevra()).isNotEqualTo(first.nevra());
        assertThat(entries(packages)).isEqualTo(2);
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).count();
        }
    }
}
