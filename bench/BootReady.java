// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.LeashedRunner;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.Boot;
import org.patchproof.vm.ConsoleListener;
import org.patchproof.vm.GuestBuilder;
import org.patchproof.vm.GuestImage;
import org.patchproof.vm.GuestLibrary;
import org.patchproof.vm.Lab;
import org.patchproof.vm.MachineSpec;
import org.patchproof.vm.VirtualMachine;

/** For bench/boot: one machine from nothing to its job's first word; prints seconds: all, QEMU's processor time, disks, kernel, init. */
public final class BootReady {
    public static void main(String[] args) throws Exception {
        Path kernel = Path.of(args[0]);
        Acceleration acceleration = Acceleration.valueOf(args[1].toUpperCase(java.util.Locale.ROOT));
        int cpus = Integer.parseInt(args[2]);
        Path cache = Path.of(args[3]);
        LeashedRunner runner = new LeashedRunner();
        GuestImage guest = new GuestBuilder(runner, cache)
                .build(
                        PlanLoader.load(
                                        Workspace.at(Path.of(".")),
                                        PlanRequest.of("netdev-leak").withKernels(List.of("linux-6.1")))
                                .cells()
                                .get(0)
                                .guest(),
                        cache.resolve("guest-build.log"),
                        step -> {});
        Path dir = Files.createTempDirectory("boot-ready");
        Path job = Files.createDirectories(dir.resolve("job"));
        Files.writeString(job.resolve("run"), "#!/bin/bash\necho READY-NOW\n");
        Files.setPosixFilePermissions(job.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(job.resolve("lib.sh"), GuestLibrary.script());
        Lab lab = new Lab(runner);

        long began = System.nanoTime();
        lab.disks().jobDisk(job, dir.resolve("job.img"));
        lab.disks().overlay(guest.disk(), dir.resolve("overlay.qcow2"));
        double disks = seconds(began);
        MachineSpec machine = new MachineSpec(
                acceleration,
                cpus,
                512L << 20,
                new Boot.Kernel(kernel, Optional.empty(), List.of()),
                dir.resolve("overlay.qcow2"),
                dir.resolve("job.img"));
        double hello = 0;
        double all = 0;
        double ran = 0;
        try (VirtualMachine vm =
                lab.start(machine, dir.resolve("console"), dir.resolve("qemu.log"), ConsoleListener.DEAF)) {
            while (all == 0 && seconds(began) < 120) {
                String word = vm.next(Duration.ofSeconds(1)).orElse("");
                hello = word.startsWith("hello ") ? seconds(began) : hello;
                all = word.equals("| READY-NOW") ? seconds(began) : 0;
                ran = vm.look().map(look -> look.ran().toMillis() / 1e3).orElse(ran);
            }
        }
        runner.run(org.patchproof.process.Command.of("rm", "-rf", dir.toString()));
        System.out.printf("%.2f %.2f %.2f %.2f %.2f%n", all, ran, disks, hello - disks, all - hello);
        System.exit(all == 0 ? 4 : 0);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
