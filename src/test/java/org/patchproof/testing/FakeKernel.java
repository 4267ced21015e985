package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;

/** A kernel that builds in a second, as a source RPM made by the real rpmbuild. */
public final class FakeKernel {
    private static final Path HOME = Path.of("src/test/resources/fakekernel");
    private static final CommandRunner RUNNER = new LeashedRunner();

    private FakeKernel() {}

    /** Makes the source package in {@code dir}. */
    public static Path srpm(Path dir) throws IOException {
        return srpm(dir, Files.readString(HOME.resolve("kernel.spec")));
    }

    /** Makes a source package with another spec in {@code dir}. */
    public static Path srpm(Path dir, String spec) throws IOException {
        return srpm(dir, spec, Map.of());
    }

    /** As {@link #srpm(Path, String)}, with more files in SOURCES; the spec must list them. */
    public static Path srpm(Path dir, String spec, Map<String, String> more) throws IOException {
        Path topdir = dir.resolve("fake-topdir");
        for (String name : List.of("SOURCES", "SPECS")) {
            Files.createDirectories(topdir.resolve(name));
        }
        Files.writeString(topdir.resolve("SPECS/kernel.spec"), spec);
        Files.writeString(topdir.resolve("SOURCES/linux-kernel-test.patch"), "");
        for (Map.Entry<String, String> file : more.entrySet()) {
            Files.writeString(topdir.resolve("SOURCES").resolve(file.getKey()), file.getValue());
        }
        RUNNER.run(Command.of(
                        "tar",
                        "-C",
                        HOME.toString(),
                        "--transform",
                        "s,^tree,linux-1.0.7,",
                        "-czf",
                        topdir.resolve("SOURCES/linux-1.0.7.tar.gz").toString(),
                        "tree"))
                .orThrow();
        RUNNER.run(Command.of(
                        "rpmbuild",
                        "-bs",
                        "--nodeps",
                        "--define",
                        "_topdir " + topdir.toAbsolutePath(),
                        topdir.resolve("SPECS/kernel.spec").toString()))
                .orThrow();
        try (Stream<Path> made = Files.list(topdir.resolve("SRPMS"))) {
            return made.findFirst().orElseThrow();
        }
    }

    /** The fake kernel's spec, in the manner of RHEL 7. */
    public static String spec() throws IOException {
        return Files.readString(HOME.resolve("kernel.spec"));
    }

    /** A series of the fake kernel's patches, by name. */
    public static PatchSeries series(String name, String... patches) throws IOException {
        List<Patch> all = new ArrayList<>();
        for (String patch : patches) {
            all.add(PatchReader.read(HOME.resolve("patches").resolve(patch)));
        }
        return new PatchSeries(name, all);
    }

    /** How it is built. */
    public static BuildSpec build() {
        return build(Duration.ofMinutes(2), 1L << 20);
    }

    /** How it is built, with other bounds. */
    public static BuildSpec build(Duration timeout, long disk) {
        return new BuildSpec(
                BuildRoot.HOST, "kernel", BuildDependencies.NOT_CHECKED, Map.of(), List.of(), List.of(), timeout, disk);
    }
}
