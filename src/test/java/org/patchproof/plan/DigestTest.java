package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A digest changes with what decides the result, and with nothing else. */
class DigestTest {
    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void makeWorkspace() throws IOException {
        bench = Workbench.in(folder);
    }

    @Test
    void isTheSameWhereverTheWorkspaceLies(@TempDir Path other) throws IOException {
        assertThat(Workbench.in(other).workspace().root())
                .isNotEqualTo(bench.workspace().root());
        assertThat(cell(Workbench.in(other.resolve("workspace"))).digest())
                .isEqualTo(cell(bench).digest());
    }

    @ParameterizedTest
    @CsvSource({
        "specs/guests/fake-guest.yaml, 'packages: [dnf, rpm]', 'packages: [dnf, rpm, kmod]'",
        "specs/guests/fake-guest.yaml, suite: bookworm, suite: trixie",
        "specs/guests/fake-guest.yaml, disk: 2G, disk: 3G",
        "specs/kernels/fake-1.0.yaml, 'with: [baseonly]', 'with: [baseonly, more]'",
        "specs/kernels/fake-1.0.yaml, 'fake_macro:', 'fake_macr0:'",
        "specs/kernels/fake-1.0.yaml, nodeps: true, nodeps: false",
        "specs/kernels/fake-1.0/kernel.spec, 1.0, 1.1",
        "specs/bugs/demo/bug.yaml, '0003-rework.patch', '0002-fix.patch, 0003-rework.patch'",
        "patches/demo/fake-1.0/0002-fix.patch, fix, fux"
    })
    void changesWithTheDefinition(String file, String old, String fresh) {
        String before = cell(bench).digest();
        bench.edit(file, old, fresh);
        assertThat(cell(bench).digest()).isNotEqualTo(before).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource({
        "specs/guests/fake-guest.yaml, 'packages: [dnf, rpm]', 'packages: [rpm, dnf] # sorted'",
        "specs/guests/fake-guest.yaml, title: A guest, title: A good guest",
        "specs/kernels/fake-1.0.yaml, title: A kernel, title: A good kernel",
        "specs/kernels/fake-1.0.yaml, timeout: 90m, timeout: 91m",
        "specs/kernels/fake-1.0.yaml, disk: 8G, disk: 9G",
        "specs/bugs/demo/bug.yaml, title: The fix, title: A fix"
    })
    void doesNotChangeWithTitlesAndLimits(String file, String old, String fresh) {
        String before = cell(bench).digest();
        bench.edit(file, old, fresh);
        assertThat(cell(bench).digest()).isEqualTo(before);
    }

    @Test
    void ofAGuestIsWhatItIsMadeOf() {
        DebootstrapGuest guest = new DebootstrapGuest("a", "A", "sid", List.of("main"), List.of("dnf"), 1);
        DebootstrapGuest renamed = new DebootstrapGuest("b", "B", "sid", List.of("main"), List.of("dnf"), 1);
        DebootstrapGuest moved = new DebootstrapGuest("a", "A", "sid", List.of("main", "dnf"), List.of(), 1);
        assertThat(renamed.digest()).isEqualTo(guest.digest());
        assertThat(moved.digest()).isNotEqualTo(guest.digest());
        ImageGuest image = new ImageGuest("a", "A", Path.of("/x.qcow2"), Optional.empty(), "ab".repeat(32));
        ImageGuest elsewhere = new ImageGuest("b", "B", Path.of("/y.raw"), Optional.empty(), "ab".repeat(32));
        ImageGuest other = new ImageGuest("a", "A", Path.of("/x.qcow2"), Optional.empty(), "cd".repeat(32));
        assertThat(elsewhere.digest()).isEqualTo(image.digest());
        assertThat(other.digest()).isNotEqualTo(image.digest());
    }

    /** A cache outlives the program: a digest that changes by accident rebuilds everything. */
    @Test
    void isStableOverReleases() {
        DebootstrapGuest guest = new DebootstrapGuest("a", "A", "sid", List.of("main"), List.of("dnf"), 1);
        assertThat(guest.digest()).isEqualTo("f201ff2db534bf19a0aba306e6fff803268f3580422eed619edb5ac7da367119");
    }

    private static Cell cell(Workbench bench) {
        return PlanLoader.load(bench.workspace(), PlanRequest.of("demo").withKernels(List.of("fake-1.0")))
                .cells()
                .get(0);
    }
}
