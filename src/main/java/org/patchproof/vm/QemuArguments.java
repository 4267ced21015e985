package org.patchproof.vm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.files.PidFile;

/** QEMU's command line, one pure function per concern. */
final class QemuArguments {
    static final String PROGRAM = "qemu-system-x86_64";

    private QemuArguments() {}

    /**
     * The whole command for {@code spec}.
     *
     * @param folder has the sockets {@code console}, {@code channel} and {@code firmware}, to which QEMU connects; it puts its
     *     pid there and keeps a lock on it
     */
    static List<String> of(MachineSpec spec, Path folder, Confinement confinement) {
        List<String> all = new ArrayList<>(Confinement.limits(spec));
        all.add(PROGRAM);
        all.addAll(base());
        all.addAll(processors(spec));
        all.addAll(spec.boot().match(QemuArguments::kernel, loader -> List.of("-boot", "order=c")));
        all.addAll(disks(spec));
        all.addAll(serial("console", folder.resolve("console")));
        all.addAll(serial("channel", folder.resolve("channel")));
        all.addAll(firmware(folder.resolve("firmware")));
        all.addAll(List.of("-pidfile", folder.resolve(PidFile.NAME).toString()));
        all.addAll(network(spec));
        all.addAll(confinement.options());
        return all;
    }

    /** Nothing but what is asked for; a reset (a panic with panic=-1) ends the machine. */
    private static List<String> base() {
        return List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-machine", "pc");
    }

    /** One socket each: kernels without ACPI read the MP table, which lists sockets only. */
    private static List<String> processors(MachineSpec spec) {
        return List.of(
                "-accel",
                spec.acceleration().accel(),
                "-cpu",
                spec.acceleration().cpu(),
                "-smp",
                spec.cpus() + ",sockets=" + spec.cpus() + ",cores=1,threads=1",
                "-m",
                (spec.memoryBytes() >> 20) + "M");
    }

    /**
     * The check of the timer counts ticks in ten of them, and panics when a busy host did not deliver them in
     * time: under KVM kernels leave it out by themselves (kvm_guest_init), under emulation they have to be told.
     */
    private static List<String> kernel(Boot.Kernel boot) {
        List<String> append = new ArrayList<>(List.of(
                "console=ttyS0",
                "root=/dev/vda",
                "rw",
                "rootfstype=ext4",
                "init=/usr/lib/patchproof/init",
                "panic=-1",
                "no_timer_check",
                "printk.devkmsg=on",
                "loglevel=7"));
        append.addAll(boot.arguments());
        List<String> all =
                new ArrayList<>(List.of("-kernel", boot.image().toString(), "-append", String.join(" ", append)));
        boot.initrd().ifPresent(initrd -> all.addAll(List.of("-initrd", initrd.toString())));
        return all;
    }

    /** The overlay is thrown away: what the host crashes with it is of no interest. */
    private static List<String> disks(MachineSpec spec) {
        return List.of(
                "-drive",
                "file=" + escape(spec.disk()) + ",if=virtio,format=qcow2,cache=unsafe",
                "-drive",
                "file=" + escape(spec.jobDisk()) + ",if=virtio,format=raw,readonly=on",
                "-device",
                "virtio-rng-pci");
    }

    private static List<String> serial(String id, Path socket) {
        return List.of("-chardev", "socket,id=" + id + ",path=" + escape(socket), "-serial", "chardev:" + id);
    }

    /** SeaBIOS writes its log to port 0x402: only so can the host hear that it handed over to the kernel. */
    private static List<String> firmware(Path socket) {
        return List.of(
                "-chardev",
                "socket,id=firmware,path=" + escape(socket),
                "-device",
                "isa-debugcon,iobase=0x402,chardev=firmware");
    }

    /** None; or a card of QEMU's own network, closed but for what comes from this host to the guest's sshd. */
    private static List<String> network(MachineSpec spec) {
        return spec.sshPort().isEmpty()
                ? List.of("-nic", "none")
                : List.of(
                        "-netdev",
                        "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:"
                                + spec.sshPort().getAsInt() + "-:22",
                        "-device",
                        "virtio-net-pci,netdev=net,romfile=");
    }

    /** A comma in a file name is doubled in QEMU's option lists. */
    static String escape(Path path) {
        return path.toString().replace(",", ",,");
    }
}
