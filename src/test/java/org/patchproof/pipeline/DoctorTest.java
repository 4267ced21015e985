package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
