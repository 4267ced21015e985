package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QemuArgumentsTest {
    private static final Confinement ROOT = new Confinement(Optional.of("nobody"), false);

    @Test
    void theWholeCommandLine() {
        assertThat(QemuArguments.of(spec(List.of("quiet")), Path.of("/s"), ROOT))
                .containsExactly(
                        "prlimit",
                        "--core=0",
                        "--as=4831838208",
                        "--",
                        "qemu-system-x86_64",
                        "-nodefaults",
                        "-no-user-config",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-machine",
                        "pc",
                        "-accel",
                        "tcg,thread=multi",
                        "-cpu",
                        "max",
                        "-smp",
                        "4,sockets=4,cores=1,threads=1",
                        "-m",
                        "1024M",
                        "-kernel",
                        "/k/vmlinuz",
                        "-append",
                        "console=ttyS0 root=/dev/vda rw rootfstype=ext4 init=/usr/lib/patchproof/init panic=-1"
                                + " no_timer_check printk.devkmsg=on loglevel=7 quiet",
                        "-initrd",
                        "/k/initrd",
                        "-drive",
                        "file=/d/a,,b.qcow2,if=virtio,format=qcow2,cache=unsafe",
                        "-drive",
                        "file=/d/job,if=virtio,format=raw,readonly=on",
                        "-device",
                        "virtio-rng-pci",
                        "-chardev",
                        "socket,id=console,path=/s/console",
                        "-serial",
                        "chardev:console",
                        "-chardev",
                        "socket,id=channel,path=/s/channel",
                        "-serial",
                        "chardev:channel",
                        "-chardev",
                        "socket,id=firmware,path=/s/firmware",
                        "-device",
                        "isa-debugcon,iobase=0x402,chardev=firmware",
                        "-pidfile",
                        "/s/pid",
                        "-nic",
                        "none",
                        "-sandbox",
                        "on,obsolete=deny,spawn=deny,resourcecontrol=deny",
                        "-runas",
                        "nobody");
    }

    @Test
    void whoIsNoRootStaysWhoHeIsAndNewerQemusHaveAnotherOption() {
        assertThat(new Confinement(Optional.empty(), false).options())
                .containsExactly("-sandbox", "on,obsolete=deny,spawn=deny,resourcecontrol=deny,elevateprivileges=deny");
        assertThat(new Confinement(Optional.of("nobody"), true).options())
                .containsSubsequence("-run-with", "user=nobody")
                .doesNotContain("-runas");
        assertThat(Confinement.hasRunWith("QEMU emulator version 7.2.22 (Debian 1:7.2)"))
                .isFalse();
        assertThat(Confinement.hasRunWith("QEMU emulator version 9.0.2")).isFalse();
        assertThat(Confinement.hasRunWith("QEMU emulator version 9.1.0")).isTrue();
        assertThat(Confinement.hasRunWith("QEMU emulator version 10.0.2")).isTrue();
        assertThat(Confinement.hasRunWith("none")).isFalse();
    }

    @Test
    void inAContainerNobodyMayNotExist() {
        assertThat(Confinement.isMapped("         0          0 4294967295\n")).isTrue();
        assertThat(Confinement.isMapped("0 1000 1\n1 100000 65536\n")).isTrue();
        assertThat(Confinement.isMapped("0 1000 1\n")).isFalse();
        assertThat(Confinement.isMapped("0 1000 1\n1 100000 65533\n")).isFalse();
    }

    @Test
    void aDiskWithABootLoaderIsGivenNoKernelAndNoArguments() {
        assertThat(QemuArguments.of(spec(new Boot.Loader()), Path.of("/s"), ROOT))
                .containsSubsequence(
                        "-boot", "order=c", "-drive", "file=/d/a,,b.qcow2,if=virtio,format=qcow2,cache=unsafe")
                .doesNotContain("-kernel", "-append", "-initrd");
    }

    @Test
    void aGuestThatIsSpokenWithReachesNothingAndNobodyButThisHostReachesIt() {
        MachineSpec spec = new MachineSpec(
                Acceleration.TCG, 1, 1L << 30, new Boot.Loader(), Path.of("d"), Path.of("j"), OptionalInt.of(4022));
        assertThat(QemuArguments.of(spec, Path.of("/s"), ROOT))
                .containsSubsequence("-netdev", "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:4022-:22")
                .doesNotContain("-nic");
    }

    @Test
    void aKernelArgumentCannotBringAnother() {
        assertThatThrownBy(() -> spec(List.of("a=1 init=/bin/sh"))).hasMessageContaining("not one kernel argument");
        assertThatThrownBy(() -> spec(List.of(""))).hasMessageContaining("not one kernel argument");
        assertThatThrownBy(() -> spec(List.of("a\nb"))).hasMessageContaining("not one kernel argument");
    }

    private static MachineSpec spec(List<String> arguments) {
        return spec(new Boot.Kernel(Path.of("/k/vmlinuz"), Optional.of(Path.of("/k/initrd")), arguments));
    }

    private static MachineSpec spec(Boot boot) {
        return new MachineSpec(Acceleration.TCG, 4, 1L << 30, boot, Path.of("/d/a,b.qcow2"), Path.of("/d/job"));
    }
}
