package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.GuestSpec;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.Caches;

/** The real guest, from Debian packages, on its own kernel. */
class GuestIT {
    private static DirectGuest image;

    @TempDir
    Path dir;

    /** The guest, from the cache when an earlier test made it. */
    static DirectGuest image() throws Exception {
        return (DirectGuest) new GuestBuilder(new LeashedRunner(), Caches.shared())
                .build(definition(), Caches.shared().resolve("guest-build.log"), step -> {});
    }

    @BeforeAll
    static void guest() throws Exception {
        image = image();
    }

    @Test
    void aJobRunsInTheGuestAndItsWordsArrive() throws Exception {
        List<String> words =
                run("#!/bin/bash\n. ./lib.sh\nevent hi there=1\necho to-the-host\nread -r x; echo got $x\n", "ping");
        assertThat(words).anyMatch(w -> w.startsWith("hello 6.1"));
        assertThat(words).contains("ready", "@ hi there=1", "| to-the-host", "| got ping", "exit 0");
    }

    @Test
    void theGuestHasTheToolsThatTheScriptsNeedAndNoNetworkCard() throws Exception {
        List<String> words = run("""
                #!/bin/bash
                for tool in bash dnf rpm ip ifconfig route ps pkill iperf3 netperf netserver taskset; do
                    command -v $tool > /dev/null || echo "missing $tool"
                done
                echo "cards: $(ls /sys/class/net | tr '\\n' ' ')"
                echo "routes: $(ip route; ip -6 route)"
                (echo > /dev/tcp/10.0.2.2/22) 2>&1 | tail -n 1
                """, "");
        assertThat(words).noneMatch(w -> w.contains("missing"));
        assertThat(words).contains("| cards: lo ").anyMatch(w -> w.matches("\\| routes: (::1 dev lo .*)?"));
        assertThat(words).anyMatch(w -> w.contains("Network is unreachable"));
    }

    @Test
    void aFileOfTheGuestsDiskIsReadWithoutMounting() throws Exception {
        Path overlay = dir.resolve("o.qcow2");
        DiskTools disks = new DiskTools(new LeashedRunner());
        disks.overlay(image.disk(), overlay);
        disks.readFile(overlay, "/usr/lib/patchproof/init", dir.resolve("init"));
        assertThat(Files.readString(dir.resolve("init"))).contains("PID 1 of a patchproof guest");
    }

    @Test
    void theCachedImageIsUsedAgainAndADamagedOneIsNot() throws Exception {
        GuestBuilder builder = new GuestBuilder(new LeashedRunner(), Caches.shared());
        assertThat(builder.cached(definition())).contains(image);
        Path copy = dir.resolve("guests").resolve(image.digest());
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("disk.qcow2"), "half of it");
        Files.writeString(copy.resolve("sealed"), image.diskSha256() + "\n");
        assertThat(new GuestBuilder(new LeashedRunner(), dir).cached(definition()))
                .isEmpty();
    }

    private static GuestSpec definition() {
        PlanRequest request = PlanRequest.of("netdev-leak").withKernels(List.of("linux-6.1"));
        return PlanLoader.load(Workspace.at(Path.of(".")), request)
                .cells()
                .get(0)
                .guest();
    }

    private List<String> run(String script, String word) throws Exception {
        Path job = Files.createDirectories(dir.resolve("job"));
        Files.writeString(job.resolve("run"), script);
        Files.setPosixFilePermissions(job.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(job.resolve("lib.sh"), GuestLibrary.script());
        Lab lab = new Lab(new LeashedRunner());
        lab.disks().jobDisk(job, dir.resolve("job.img"));
        lab.disks().overlay(image.disk(), dir.resolve("overlay.qcow2"));
        MachineSpec machine = new MachineSpec(
                Acceleration.TCG,
                2,
                512L << 20,
                new Boot.Kernel(image.kernel(), Optional.of(image.initrd()), List.of("mitigations=off")),
                dir.resolve("overlay.qcow2"),
                dir.resolve("job.img"));
        List<String> words = new ArrayList<>();
        try (VirtualMachine vm =
                lab.start(machine, dir.resolve("console.log"), dir.resolve("qemu.log"), ConsoleListener.DEAF)) {
            long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
            while (System.nanoTime() < end && words.stream().noneMatch(w -> w.startsWith("exit"))) {
                vm.next(Duration.ofMillis(200)).ifPresent(words::add);
                if (words.contains("ready") && !word.isEmpty()) {
                    vm.say(word);
                    word = "";
                }
            }
        }
        return words;
    }
}
