package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;

/**
 * A real kernel's source package that lacks netdev-leak's fix, as a vendor's would: Debian's 6.1 with the patch
 * that takes the fix out among the package's own. What is released of it is the fix alone.
 */
public final class UnfixedKernel {
    /** Its name in the workspace. */
    public static final String NAME = "linux-6.1-unfixed";

    private static final Path HOME = Path.of("src/test/resources/unfixed");
    private static final Path TARBALL = Path.of("/usr/src/linux-source-6.1.tar.xz");
    private static final String TAKEN_OUT = "0001-take-the-fix-out.patch";

    private UnfixedKernel() {}

    /** This repository's specs and patches in {@code folder}, with this kernel beside them. */
    public static Workspace workspace(Path folder) throws IOException {
        StubKernel.copy(Path.of("specs"), Files.createDirectories(folder.resolve("specs")));
        StubKernel.copy(Path.of("patches"), Files.createDirectories(folder.resolve("patches")));
        StubKernel.copy(
                HOME.resolve("patches"), folder.resolve("patches/netdev-leak").resolve(NAME));
        Files.copy(HOME.resolve("kernel.yaml"), folder.resolve("specs/kernels/" + NAME + ".yaml"));
        Path bug = folder.resolve("specs/bugs/netdev-leak/bug.yaml");
        Files.writeString(bug, Files.readString(bug) + Files.readString(HOME.resolve("variants.yaml")));
        Path srpm = srpm(folder.resolve("topdir"));
        Path srpms = Files.createDirectories(folder.resolve("srpms"));
        Files.move(srpm, srpms.resolve(NAME + ".src.rpm"), StandardCopyOption.REPLACE_EXISTING);
        return Workspace.at(folder);
    }

    private static Path srpm(Path topdir) throws IOException {
        Path sources = Files.createDirectories(topdir.resolve("SOURCES"));
        Path specs = Files.createDirectories(topdir.resolve("SPECS"));
        Files.copy(TARBALL, sources.resolve(TARBALL.getFileName()));
        Files.copy(Path.of("specs/kernels/linux-6.1/patchproof.config"), sources.resolve("patchproof.config"));
        Files.copy(Path.of("patches/netdev-leak/linux-6.1").resolve(TAKEN_OUT), sources.resolve(TAKEN_OUT));
        Files.writeString(sources.resolve("linux-kernel-test.patch"), "");
        String version = run(Command.of("dpkg-query", "-W", "-f", "${Version}", "linux-source-6.1"));
        String spec = Files.readString(Path.of("specs/kernels/linux-6.1/kernel.spec"))
                .replace("@VERSION@", version.substring(0, version.indexOf('-')))
                .replace(
                        "@RELEASE@", version.substring(version.indexOf('-') + 1).replaceAll("[^A-Za-z0-9.]", "_"))
                .replace("@TARBALL@", TARBALL.getFileName().toString())
                .replace("@TARBALLROOT@", "linux-source-6.1")
                .replace("# empty final patch", "Patch1: " + TAKEN_OUT + "\n# empty final patch")
                .replace(
                        "ApplyOptionalPatch linux-kernel-test.patch",
                        "ApplyPatch " + TAKEN_OUT + "\nApplyOptionalPatch linux-kernel-test.patch");
        Files.writeString(specs.resolve("kernel.spec"), spec);
        run(Command.of(List.of(
                        "rpmbuild",
                        "-bs",
                        "--nodeps",
                        "--define",
                        "_topdir " + topdir.toAbsolutePath(),
                        "--define",
                        "_source_payload w.ufdio",
                        specs.resolve("kernel.spec").toString()))
                .within(Duration.ofMinutes(10)));
        try (Stream<Path> made = Files.list(topdir.resolve("SRPMS"))) {
            return made.findFirst().orElseThrow();
        }
    }

    private static String run(Command command) {
        return new LeashedRunner().run(command).orThrow().output().strip();
    }
}
