package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;

/** What the guest's script says to which tools; the tools are played, and write down what they are told. */
class BootLoaderScriptTest {
    @TempDir
    Path dir;

    private Path root;

    @BeforeEach
    void guest() throws IOException {
        root = Files.createDirectories(dir.resolve("root"));
        Files.createDirectories(root.resolve("lib/modules/2.el"));
        Files.createDirectories(root.resolve("boot/grub"));
        Files.createDirectories(root.resolve("etc/default"));
        Files.writeString(root.resolve("etc/default/grub"), "GRUB_DEFAULT=0\n");
        tool("grubby", """
                case $1 in
                --info=*) [ -e "$LAB/known" ] ;;
                --add-kernel=*) touch "$LAB/known" ;;
                --default-kernel) cat "$LAB/default" ;;
                --set-default=*) echo "${OLD:-${1#*=}}" > "$LAB/default" ;;
                esac
                """);
        tool("dracut", "touch \"$ROOT$2\"\n");
        tool("update-initramfs", "touch \"$ROOT/boot/initrd.img-$4\"\n");
        tool("grub-mkconfig", "cat \"$LAB/made.cfg\" > \"$2\"\n");
        tool("grub-set-default", "echo \"saved_entry=$1\" > \"$LAB/env\"\n");
        tool("grub-editenv", "cat \"$LAB/env\"\n");
        Files.writeString(dir.resolve("made.cfg"), """
                menuentry 'Debian' --class debian $menuentry_id_option 'gnulinux-simple-u' {
                \tlinux\t/boot/vmlinuz-22.el root=/dev/vda1
                }
                submenu 'Advanced' $menuentry_id_option 'gnulinux-advanced-u' {
                \tmenuentry 'Debian 22' $menuentry_id_option 'gnulinux-22.el-advanced-u' {
                \t\tlinux\t/boot/vmlinuz-22.el root=/dev/vda1
                \t}
                \tmenuentry 'Debian 2, recovery' $menuentry_id_option 'gnulinux-2.el-recovery-u' {
                \t\tlinux\t/boot/vmlinuz-2.el root=/dev/vda1 single
                \t}
                \tmenuentry 'Debian 2' $menuentry_id_option 'gnulinux-2.el-advanced-u' {
                \t\tlinux\t/boot/vmlinuz-2.el root=/dev/vda1
                \t}
                }
                """);
    }

    @Test
    void grubbyIsToldOfAKernelThatItsPackageTooToldItOf() throws IOException {
        Files.createFile(dir.resolve("known"));
        Files.createFile(root.resolve("boot/initramfs-2.el.img"));
        assertThat(run("grubby", "").exitCode()).isZero();
        assertThat(said()).isEqualTo("""
                        grubby --info=/boot/vmlinuz-2.el
                        grubby --update-kernel=/boot/vmlinuz-2.el --remove-args=quiet rhgb crashkernel --args=a b=1
                        grubby --set-default=/boot/vmlinuz-2.el
                        grubby --default-kernel
                        """);
    }

    @Test
    void aKernelWithoutScriptletsGetsAnEntryAndAnInitialRamDisk() throws IOException {
        assertThat(run("grubby", "").exitCode()).isZero();
        assertThat(said()).startsWith("""
                        dracut --force /boot/initramfs-2.el.img 2.el
                        grubby --info=/boot/vmlinuz-2.el
                        grubby --add-kernel=/boot/vmlinuz-2.el --title=Linux 2.el --copy-default --initrd=/boot/initramfs-2.el.img
                        """);
    }

    @Test
    void aBootLoaderThatDidNotUnderstandIsNotBelieved() throws IOException {
        CommandResult result = run("grubby", "/boot/vmlinuz-1.old");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("grubby says that /boot/vmlinuz-1.old is the default, not /boot/vmlinuz-2.el");
        tool("grub-set-default", "echo saved_entry=another > \"$LAB/env\"\n");
        assertThat(run("grub", "").output()).contains("grub-set-default did not save");
    }

    @Test
    void debiansGrubIsToldTheEntryOfThisKernelAndOfNoOther() throws IOException {
        assertThat(run("grub", "").exitCode()).isZero();
        assertThat(said())
                .contains("update-initramfs -c -k 2.el\n")
                .contains("grub-set-default gnulinux-advanced-u>gnulinux-2.el-advanced-u\n");
        assertThat(run("grub", "").exitCode()).isZero();
        assertThat(root.resolve("etc/default/grub"))
                .as("told twice, it stands there once")
                .hasContent("""
                        GRUB_DEFAULT=0
                        GRUB_DEFAULT=saved # patchproof
                        GRUB_TIMEOUT=0 # patchproof
                        GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX "a\\ b=1 # patchproof
                        """);
    }

    @Test
    void aKernelThatTheMenuDoesNotHaveIsSaidSo() throws IOException {
        Files.writeString(dir.resolve("made.cfg"), "# nothing found\n");
        assertThat(run("grub", "").output()).contains("grub.cfg has no entry for /boot/vmlinuz-2.el");
    }

    private CommandResult run(String bootLoader, String old) throws IOException {
        Path script = Files.write(dir.resolve("bootloader"), Scripts.read("guest-bootloader.sh"));
        return new LeashedRunner()
                .run(Command.of("bash", script.toString())
                        .with("PATH", dir.resolve("bin") + ":/usr/bin:/bin")
                        .with("LAB", dir.toString())
                        .with("OLD", old)
                        .with("ROOT", root.toString())
                        .with("BOOT_LOADER", bootLoader)
                        .with("IMAGE", "/boot/vmlinuz-2.el")
                        .with("ARGUMENTS", "a b=1"));
    }

    private String said() throws IOException {
        return Files.readString(dir.resolve("said"));
    }

    private void tool(String name, String body) throws IOException {
        Path bin = Files.createDirectories(dir.resolve("bin"));
        Path tool =
                Files.writeString(bin.resolve(name), "#!/bin/bash\necho \"" + name + " $*\" >> \"$LAB/said\"\n" + body);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
