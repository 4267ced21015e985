package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.patchproof.plan.Workspace;

/** A workspace around the fake kernel: a bug with a control and candidates that end in every way but a boot. */
public final class FakeWorkspace {
    private static final Path FAKE = Path.of("src/test/resources/fakekernel");

    private FakeWorkspace() {}

    /** Makes the workspace in {@code dir}, its source package with the real rpmbuild. */
    public static Workspace make(Path dir) throws IOException {
        Path specs = dir.resolve("specs");
        Path bug = Files.createDirectories(specs.resolve("bugs/demo"));
        Files.createDirectories(specs.resolve("kernels"));
        Path guests = Files.createDirectories(specs.resolve("guests"));
        Path patches = Files.createDirectories(dir.resolve("patches/demo/fake-1.0"));
        Files.copy(Path.of("specs/guests/debian-12.yaml"), guests.resolve("debian-12.yaml"));
        try (Stream<Path> files = Files.list(FAKE.resolve("patches"))) {
            for (Path patch : files.toList()) {
                Files.copy(patch, patches.resolve(patch.getFileName()));
            }
        }
        Files.writeString(bug.resolve("begin.sh"), "#!/bin/bash\n");
        Files.writeString(bug.resolve("end.sh"), "#!/bin/bash\n");
        Files.writeString(bug.resolve("bug.yaml"), BUG);
        Files.writeString(specs.resolve("kernels/fake-1.0.yaml"), KERNEL);
        Path srpms = Files.createDirectories(dir.resolve("srpms"));
        Path made = FakeKernel.srpm(dir.resolve("making"));
        Files.move(made, srpms.resolve(made.getFileName()));
        return Workspace.at(dir);
    }

    /** Makes its bug the one that {@link FakeQemu} plays. */
    public static void makeItLeak(Workspace workspace) throws IOException {
        Path bug = workspace.bugFile("demo");
        String text = Files.readString(bug);
        int from = text.indexOf("evidence:");
        Files.writeString(bug, text.substring(0, from) + EVIDENCE + text.substring(text.indexOf("kernels:")));
    }

    private static final String EVIDENCE = """
            evidence:
              symptom: 'route \\S+ is still held'
              exposure: {invalidated: 'route (?<object>\\S+) deleted', passed: 'route (?<object>\\S+) used'}
            """;

    /** Makes its kernel one of RHEL 7's, in name. */
    public static void makeOld(Workspace workspace) throws IOException {
        Path made = FakeKernel.srpm(
                workspace.root().resolve("old"), FakeKernel.spec().replace("Version: 1.0.7\n", "Version: 3.10.0\n"));
        Files.move(made, workspace.root().resolve("srpms").resolve(made.getFileName()));
        Path kernel = workspace.kernelFile("fake-1.0");
        Files.writeString(kernel, Files.readString(kernel).replace("kernel-1.0.7-3", "kernel-3.10.0-3"));
    }

    private static final String KERNEL = """
            kernel: fake-1.0
            title: A kernel that builds in a second and boots nothing
            arch: x86_64
            source:
              kind: srpm
              file: kernel-1.0.7-3.src.rpm
              nevra: kernel-1.0.7-3
            build: {root: host, package: kernel, nodeps: true, timeout: 2m, disk: 16M}
            guest: debian-12
            """;

    private static final String BUG = """
            bug: demo
            title: Nothing is wrong here
            reproduction:
              begin: begin.sh
              end: end.sh
              cpus: 2
              memory: 512M
              exposures: 1
              limits: {provoke: 5s, teardown: 5s, watch: 5s}
            evidence:
              symptom: 'never printed'
              exposure: {invalidated: 'gone (?<object>x)', passed: 'used (?<object>x)'}
            kernels:
              fake-1.0:
                control: {role: control, patches: [0001-instrumentation.patch]}
                fixed: {role: candidate, patches: [0001-instrumentation.patch, 0002-fix.patch]}
                rejected: {role: candidate, patches: [0001-instrumentation.patch, 0002-does-not-apply.patch]}
                broken: {role: candidate, patches: [0001-instrumentation.patch, 0002-breaks-the-build.patch]}
            """;
}
