package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.Check.State;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.testing.FakeRunner;

class DoctorTest {
    private final FakeRunner runner = new FakeRunner();

    DoctorTest() {
        HostTool.ALL.forEach(tool -> runner.answer(String.join(" ", tool.question()), 0, tool.name() + " 1.2.3"));
        runner.answer("id -u", 0, "0\n");
        runner.answer("apt-get", 0, "done\n");
    }

    @Test
    void aHostThatHasAllIsWell() {
        List<Check> checks = look(FakeHost.debian());
        assertThat(checks).allSatisfy(check -> {
            assertThat(check.state()).as(check.name()).isEqualTo(State.OK);
            assertThat(check.remedy()).isEmpty();
        });
        assertThat(named(checks, "rpmbuild").seen()).isEqualTo("1.2.3");
        assertThat(named(checks, "java").seen()).isEqualTo("17.0.15");
        assertThat(doctor(FakeHost.debian()).packages(checks)).isEmpty();
    }

    @Test
    void eachToolThatLacksIsMissedWithItsRemedyAndPackage() {
        Set<String> optional = Set.of("ccache", "gpg", "rpmsign", "createrepo_c");
        for (HostTool tool : HostTool.ALL) {
            String question = String.join(" ", tool.question());
            runner.forget(question);
            List<Check> checks = look(FakeHost.debian());
            Check check = named(checks, tool.name());
            assertThat(check.state()).isEqualTo(optional.contains(tool.name()) ? State.WARNING : State.MISSING);
            assertThat(check.remedy()).contains(tool.debian(), tool.fedora());
            assertThat(doctor(FakeHost.debian()).packages(checks)).containsExactly(tool.debian());
            runner.answer(question, 0, "1.2");
        }
    }

    @Test
    void aToolThatIsThereAndFailsIsMissedToo() {
        runner.answer("qemu-img --version", 127, "error while loading shared libraries: libfoo.so");
        Check check = named(look(FakeHost.debian()), "qemu-img");
        assertThat(check.state()).isEqualTo(State.MISSING);
        assertThat(check.seen()).contains("exit code 127", "libfoo.so");
    }

    @Test
    void spaceIsANumber() {
        Check little = named(look(new FakeHost(FakeHost.BOOKWORM, "17", 11L << 30, true)), "disk for runs");
        assertThat(little.state()).isEqualTo(State.WARNING);
        assertThat(little.seen()).contains("11.0 GiB", "/runs");
        assertThat(little.remedy()).contains("12.0 GiB", "--out");
        assertThat(named(look(new FakeHost(FakeHost.BOOKWORM, "17", 5L << 30, true)), "disk for runs")
                        .state())
                .isEqualTo(State.MISSING);
    }

    @Test
    void thisHostHasFreeSpaceAlsoWhereNoFolderIsYet() {
        assertThat(HostView.here().usableBytes(Path.of("not/there/yet"))).isNotEmpty();
        assertThat(HostView.here().memoryBytes()).isNotEmpty();
    }

    @Test
    void anOldJavaIsNotEnough() {
        assertThat(named(look(new FakeHost(FakeHost.BOOKWORM, "11.0.2", 50L << 30, true)), "java")
                        .state())
                .isEqualTo(State.MISSING);
    }

    @Test
    void theKernelSourceIsAPackageOnDebian12Only() {
        FakeHost bookworm = new FakeHost(FakeHost.BOOKWORM, "17", 50L << 30, false);
        assertThat(doctor(bookworm).packages(look(bookworm))).containsExactly("linux-source-6.1");
        FakeHost trixie = new FakeHost("ID=debian\nVERSION_CODENAME=trixie\n", "17", 50L << 30, false);
        assertThat(named(look(trixie), "kernel source").state()).isEqualTo(State.WARNING);
        assertThat(doctor(trixie).packages(look(trixie))).isEmpty();
    }

    @Test
    void podmanIsAskedForOnlyWhereAKernelIsBuiltInAContainerAndSaysForWhich() {
        Doctor doctor = doctor(FakeHost.debian());
        assertThat(doctor.lookForRoots(Map.of())).isEmpty();
        assertThat(runner.asked()).isEmpty();

        Check lacking = only(doctor.lookForRoots(Map.of("container", List.of("el7-a", "el7-b"))));
        assertThat(lacking.name()).isEqualTo("podman");
        assertThat(lacking.state()).as("other kernels do without").isEqualTo(State.WARNING);
        assertThat(lacking.seen()).isEqualTo("not found");
        assertThat(lacking.remedy())
                .isEqualTo("It builds el7-a, el7-b, as the YAML says. Install podman (Debian) or podman (Fedora).");
        assertThat(doctor.packages(List.of(lacking))).containsExactly("podman");

        runner.answer("podman --version", 0, "podman version 4.3.1\n");
        Check found = only(doctor.lookForRoots(Map.of("container", List.of("el7-a"))));
        assertThat(found.state()).isEqualTo(State.OK);
        assertThat(found.seen()).isEqualTo("4.3.1");
        assertThat(found.remedy()).isEmpty();
    }

    /** Debian has no mock: what would be typed there must not be told to be. */
    @Test
    void mockIsAskedForOnlyWhereAKernelIsBuiltWithItAndIsNoPackageOfDebian() {
        Map<String, List<String>> kernels = Map.of("mock", List.of("alma-9"));
        Check lacking = only(doctor(FakeHost.debian()).lookForRoots(kernels));
        assertThat(lacking.name()).isEqualTo("mock");
        assertThat(lacking.state()).isEqualTo(State.WARNING);
        assertThat(lacking.remedy())
                .isEqualTo("It builds alma-9, as the YAML says. Install mock (Fedora). Elsewhere say root: container.");
        assertThat(doctor(FakeHost.debian()).packages(List.of(lacking))).isEmpty();
        FakeHost rocky = new FakeHost("ID=rocky\nID_LIKE=\"rhel centos fedora\"\n", "17", 50L << 30, true);
        assertThat(doctor(rocky).packages(List.of(lacking))).containsExactly("mock");

        runner.answer("mock --version", 1, "ERROR: mock is not for root\n");
        Check failing = only(doctor(FakeHost.debian()).lookForRoots(kernels));
        assertThat(failing.state()).isEqualTo(State.WARNING);
        assertThat(failing.seen()).contains("exit code 1", "mock is not for root");
        runner.answer("mock --version", 0, "5.6\n");
        assertThat(only(doctor(FakeHost.debian()).lookForRoots(kernels)).seen()).isEqualTo("5.6");
    }

    @Test
    void bothRootsHaveARowEach() {
        assertThat(doctor(FakeHost.debian()).lookForRoots(Map.of("mock", List.of("a"), "container", List.of("b"))))
                .extracting(Check::name)
                .containsExactly("podman", "mock");
    }

    private static Check only(List<Check> checks) {
        assertThat(checks).hasSize(1);
        return checks.get(0);
    }

    @Test
    void installsExactlyWhatLacksAndNobodyIsAsked() {
        runner.forget("bc --version").forget("ccache --version");
        Doctor doctor = doctor(FakeHost.debian());
        List<String> lines = new ArrayList<>();
        doctor.install(doctor.packages(look(FakeHost.debian())), lines::add);
        List<Command> aptGet = runner.asked().stream()
                .filter(c -> c.program().equals("apt-get"))
                .toList();
        assertThat(aptGet)
                .extracting(c -> String.join(" ", c.argv()))
                .containsExactly("apt-get update", "apt-get install --yes --no-install-recommends bc ccache");
        assertThat(aptGet)
                .allSatisfy(c -> assertThat(c.environment()).containsEntry("DEBIAN_FRONTEND", "noninteractive"));
        assertThat(lines).containsExactly("done", "done");
    }

    @Test
    void whereItMayNotInstallItSaysWhatToType() {
        runner.answer("id -u", 0, "1000\n");
        assertThatThrownBy(() -> doctor(FakeHost.debian()).install(List.of("bc"), line -> {}))
                .isInstanceOfSatisfying(
                        WrongRequestException.class,
                        e -> assertThat(e.remedy()).contains("sudo apt-get install", "bc"));
        FakeHost fedora = new FakeHost("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "17", 50L << 30, true);
        runner.forget("rpmbuild --version");
        List<String> packages = doctor(fedora).packages(look(fedora));
        assertThatThrownBy(() -> doctor(fedora).install(packages, line -> {}))
                .isInstanceOfSatisfying(
                        WrongRequestException.class,
                        e -> assertThat(e.remedy()).isEqualTo("Run: dnf install rpm-build"));
        assertThat(runner.asked()).noneMatch(c -> c.program().equals("apt-get"));
    }

    @Test
    void aFailingPackageManagerIsTroubleOfOurs() {
        runner.answer("apt-get", 100, "E: no network");
        assertThatThrownBy(() -> doctor(FakeHost.debian()).install(List.of("bc"), line -> {}))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no network");
    }

    private List<Check> look(FakeHost host) {
        return doctor(host).look(Path.of("/runs"), Path.of("/cache"));
    }

    private Doctor doctor(FakeHost host) {
        return new Doctor(runner, host, cache -> Check.ok("acceleration", "kvm"));
    }

    private static Check named(List<Check> checks, String name) {
        return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }
}
