package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.FakeKernel;

/** The real rpmbuild and compiler, made to fail in every way that is ours: never is it the patch's fault. */
class BuildFaultsIT {
    private static final String INSTRUMENTATION = "0001-instrumentation.patch";

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kill -9 $PPID; sleep 5 | it was killed | dmesg",
                "kill -TERM $PPID; sleep 5 | it was ended by signal 15 | Run it again",
                "gcc -wrapper sh,-c,'kill -9 $$' -c init.c -o x | the compiler ran out of memory | --jobs 1",
                "(echo 'int a[] = {'; seq -f '%.0f+1,' 1000000; echo '};') > x.c; ulimit -v 120000; gcc -c x.c"
                        + " | the compiler ran out of memory | --jobs 1",
                "gcc -wrapper sh,-c,'kill -SEGV $$' -c init.c -o x | a tool that the build calls, crashed"
                        + " | another compiler",
                "no-such-bison --version | a program that the build needs is missing | brings no-such-bison",
                "echo 'all:; @bc --x' > m; mkdir b; PATH=b /usr/bin/make -f m | a program that the build needs is missing"
                        + " | apt-get install bc (Debian) or dnf install bc",
                "echo '#include <openssl/nothing-like-it.h>' > x.c; gcc -c x.c | a library that the build needs"
                        + " | apt-get install libssl-dev (Debian) or dnf install openssl-devel (EL, Fedora)",
            })
    void whatIsOursIsOurs(String inBuild, String what, String remedy) throws Exception {
        String spec = FakeKernel.spec().replace("\nmake\n", "\n" + inBuild + "\nmake\n");
        assertThat(spec).contains(inBuild);
        VariantBuild build = ready("faulty", spec, FakeKernel.build());
        assertThatThrownBy(() -> build.compile(objects -> {}))
                .isInstanceOfSatisfying(BuildTroubleException.class, e -> {
                    assertThat(e.getMessage()).contains(what);
                    assertThat(e.remedy()).contains(remedy);
                });
    }

    @Test
    void anythingThatADiskThatFillsUpBringsIsOurs() throws Exception {
        try (SmallDisk disk = SmallDisk.of(dir.resolve("small"), "6m")) {
            // First without a word that names the disk: the header is cut short, and the compiler stumbles.
            String spec = FakeKernel.spec()
                    .replace(
                            "\nmake\n",
                            "\ndd if=/dev/zero of=fill bs=4k 2>/dev/null || :\nprintf 'int x = ;' > /tmp/$$.c\n"
                                    + "gcc -c /tmp/$$.c -o /dev/null\n");
            VariantBuild build = ready(disk.folder(), "quiet", spec, FakeKernel.build());
            assertThatThrownBy(() -> build.compile(objects -> {}))
                    .isInstanceOfSatisfying(BuildTroubleException.class, e -> {
                        assertThat(e.getMessage()).contains("the disk is full: " + disk.folder());
                        assertThat(e.remedy()).contains("--out DIR");
                    });
            build.discard();

            String plain = FakeKernel.spec().replace("\nmake\n", "\nrm -f fill; dd if=/dev/zero of=fill bs=4k\nmake\n");
            VariantBuild second = ready(disk.folder(), "plain", plain, FakeKernel.build());
            assertThatThrownBy(() -> second.compile(objects -> {}))
                    .isInstanceOf(BuildTroubleException.class)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("No space left on device");
        }
    }

    @Test
    void aDiskThatFillsUpInPrepIsOursToo() throws Exception {
        try (SmallDisk disk = SmallDisk.of(dir.resolve("small"), "6m")) {
            String spec = FakeKernel.spec().replace("\n%setup", "\ndd if=/dev/zero of=fill bs=4k\n%setup");
            Path srpm = FakeKernel.srpm(dir.resolve("full"), spec);
            VariantBuild build = build(disk.folder(), "full", FakeKernel.build());
            build.unpack(srpm);
            build.inject();
            assertThatThrownBy(build::prepare)
                    .isInstanceOf(BuildTroubleException.class)
                    .hasMessageContaining("preparing the source tree: the disk is full");
        }
    }

    @Test
    void packagesThatTheSpecInsistsOnAreNamedWithTheLineThatInstallsThem() throws Exception {
        String spec = FakeKernel.spec()
                .replace("AutoReqProv: no\n", "AutoReqProv: no\nBuildRequires: openssl-devel, no-such-thing >= 2\n");
        BuildSpec plain = FakeKernel.build();
        BuildSpec insisting = new BuildSpec(
                plain.root(),
                plain.packageName(),
                BuildDependencies.REQUIRED,
                plain.defines(),
                plain.with(),
                plain.without(),
                plain.timeout(),
                plain.diskBytes());
        VariantBuild build = ready("insisting", spec, insisting);
        assertThatThrownBy(() -> build.compile(objects -> {}))
                .isInstanceOfSatisfying(BuildTroubleException.class, e -> {
                    assertThat(e.getMessage()).contains("packages that the build needs are missing");
                    assertThat(e.remedy())
                            .contains("apt-get install libssl-dev", "dnf install openssl-devel", "no-such-thing");
                });
    }

    @Test
    void theTimeLimitEndsTheWholeBuild() throws Exception {
        Path alive = dir.resolve("alive");
        String spec = FakeKernel.spec().replace("\nmake\n", "\n(sleep 6; touch " + alive + ") &\nsleep 60\nmake\n");
        VariantBuild build = ready("slow", spec, FakeKernel.build(Duration.ofSeconds(3), 1));
        assertThatThrownBy(() -> build.compile(objects -> {}))
                .isInstanceOfSatisfying(BuildTroubleException.class, e -> {
                    assertThat(e.getMessage()).contains("it took more than");
                    assertThat(e.remedy()).contains("timeout in the kernel's YAML");
                });
        Thread.sleep(5_000);
        assertThat(alive).doesNotExist();
    }

    /** A small file system of its own. */
    private record SmallDisk(Path folder) implements AutoCloseable {
        static SmallDisk of(Path folder, String size) throws IOException {
            Files.createDirectories(folder);
            new LeashedRunner()
                    .run(Command.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()))
                    .orThrow();
            return new SmallDisk(folder);
        }

        @Override
        public void close() {
            new LeashedRunner().run(Command.of("umount", folder.toString())).orThrow();
        }
    }

    private VariantBuild ready(String name, String text, BuildSpec spec) throws IOException {
        return ready(dir, name, text, spec);
    }

    private VariantBuild ready(Path home, String name, String text, BuildSpec spec) throws IOException {
        Path srpm = FakeKernel.srpm(dir.resolve("source-" + name), text);
        VariantBuild build = build(home, name, spec);
        build.unpack(srpm);
        build.inject();
        build.prepare();
        build.prove(Set.of());
        return build;
    }

    private VariantBuild build(Path home, String name, BuildSpec spec) throws IOException {
        return new VariantBuild(
                new LeashedRunner(),
                spec,
                FakeKernel.series(name, INSTRUMENTATION),
                ".pp." + name,
                CompilerCache.OFF,
                2,
                home.resolve(name),
                dir.resolve(name + ".log"));
    }
}
