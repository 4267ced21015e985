package org.patchproof.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a customer's dnf does with a release, as {@link FakeQemu} plays it; the system property {@code mood} says what
 * goes wrong. Uses nothing but the JDK.
 */
final class FakeCustomer {
    private final Path job;
    private final Path disk;
    private final Path raw;
    private final FakeQemu machine;

    FakeCustomer(Path job, Path disk, Path work, FakeQemu machine) {
        this.job = job;
        this.disk = disk;
        this.raw = work.resolve("customer.raw");
        this.machine = machine;
    }

    /** Whether the machine is in this mood. */
    static boolean in(String mood) {
        return System.getProperty("mood", "good").equals(mood);
    }

    /** Whether the kernel that this machine was given panics at once. */
    static boolean panics(String kernel) {
        return in("the-released-kernel-panics") && kernel.contains("/released/")
                || in("the-old-kernel-does-not-come-back") && kernel.contains("/again/");
    }

    /** What happens while the traffic runs. */
    static void underTraffic(FakeQemu machine) throws Exception {
        if (in("a-fault-under-traffic")) {
            machine.print("------------[ cut here ]------------");
            machine.print("WARNING: CPU: 1 PID: 42 at net/ipv4/route.c:700 find_exception+0x1/0x2");
            machine.print("---[ end trace 0000000000000000 ]---");
        } else if (in("the-machine-is-lost")) {
            System.exit(0);
        }
    }

    void play(Path image) throws Exception {
        boolean booted = machine.booted(Files.readAllBytes(image));
        Map<String, String> told = told();
        if (!booted) {
            return;
        }
        if (Files.isDirectory(job.resolve("published"))) {
            update(told);
        } else if (told.containsKey("REPOSITORY")) {
            remove(told);
        } else {
            remember();
            machine.say("exit 0");
        }
    }

    private void update(Map<String, String> told) throws Exception {
        machine.event("customer with=dnf version=0");
        for (String kind : told.get("TAMPERED").split(" ")) {
            machine.say("| == " + kind);
            machine.say("| Error: GPG check FAILED");
            if (in("took-" + kind)) {
                machine.event("tampered kind=" + kind + " taken=yes code=0");
                refuse("tampered-taken");
                return;
            }
            if (!in("forgets-" + kind)) {
                machine.event("tampered kind=" + kind + " taken=no code=1");
            }
        }
        machine.event("updated by=update code=0");
        if (in("the-update-brings-another-kernel")) {
            refuse("update-brought-another");
            return;
        }
        Path root = Files.createDirectories(raw.resolveSibling("root"));
        Path rpm = job.resolve("published/repo/" + told.get("NEW_NEVRA") + ".rpm");
        FakeQemu.tool("sh", "-c", "cd \"$1\" && rpm2cpio \"$2\" | cpio -idm --quiet", "sh", root + "", rpm + "");
        Path image = root.resolve("boot/vmlinuz-" + told.get("NEW_RELEASE"));
        if (in("another-image-is-installed")) {
            Files.writeString(image, "other");
        }
        change("write " + image + " /boot/" + image.getFileName());
        remember();
        machine.say("exit 0");
    }

    private void remove(Map<String, String> told) throws Exception {
        if (in("it-cannot-be-removed")) {
            refuse("remove-failed");
            return;
        }
        machine.event("removed code=0");
        change("rm /boot/vmlinuz-" + told.get("NEW_RELEASE"));
        machine.say("exit 0");
    }

    private void refuse(String why) throws Exception {
        machine.event("refused why=" + why);
        machine.say("exit 1");
    }

    /** As a boot loader does that was told what to boot. */
    private void remember() throws Exception {
        Path told = job.resolve("bootloader.environment");
        if (Files.exists(told)) {
            change("rm " + FakeQemu.DEFAULT);
            change("write " + told + " " + FakeQemu.DEFAULT);
        }
    }

    private void change(String what) throws Exception {
        FakeQemu.tool("qemu-img", "convert", "-O", "raw", disk.toString(), raw.toString());
        FakeQemu.tool("debugfs", "-w", "-R", what, raw.toString());
        FakeQemu.tool("qemu-img", "convert", "-O", "qcow2", raw.toString(), disk.toString());
    }

    private Map<String, String> told() throws Exception {
        Map<String, String> told = new TreeMap<>();
        if (Files.exists(job.resolve("environment"))) {
            for (String line : Files.readAllLines(job.resolve("environment"))) {
                int equals = line.indexOf('=');
                told.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
            }
        }
        return told;
    }
}
