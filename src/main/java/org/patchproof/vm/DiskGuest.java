package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A guest that boots by itself: its boot loader starts each kernel, its own init starts our agent.
 *
 * @param disk qcow2 of any layout
 * @param bootLoader whose tools tell it what to boot
 * @param digest of the definition it was made from
 * @param diskSha256 of the disk file
 */
public record DiskGuest(Path disk, BootLoader bootLoader, String digest, String diskSha256) implements GuestImage {
    /** No word of a boot loader's or a shell's language. */
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z0-9_.,:=/@+%-]+");

    private static final Pattern IMAGE = Pattern.compile("/boot/vmlinuz-[A-Za-z0-9._+~-]+");

    /** As QEMU gives them to the kernel of a direct guest; and systemd keeps quiet on the console. */
    static final List<String> ARGUMENTS =
            List.of("console=ttyS0", "panic=-1", "printk.devkmsg=on", "loglevel=7", "systemd.show_status=0");

    public DiskGuest {
        Objects.requireNonNull(disk);
        Objects.requireNonNull(bootLoader);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(diskSha256);
    }

    @Override
    public Boot own() {
        return new Boot.Loader();
    }

    @Override
    public Startup startup(String release) {
        return Startup.loader(release);
    }

    @Override
    public Map<String, byte[]> installFiles(String image, List<String> arguments) throws IOException {
        return Map.of(
                "bootloader",
                Scripts.read("guest-bootloader.sh"),
                "bootloader.environment",
                environment(bootLoader, image, arguments).getBytes(StandardCharsets.US_ASCII),
                "keep-disk",
                new byte[0]);
    }

    @Override
    public Boot installed(DiskTools disks, Path disk, String image, List<String> arguments, Path work) {
        return new Boot.Loader();
    }

    /** What {@code guest-bootloader.sh} must be told, as lines that a shell can source. */
    static String environment(BootLoader bootLoader, String image, List<String> arguments) {
        List<String> all = new ArrayList<>(ARGUMENTS);
        all.addAll(arguments);
        for (String argument : all) {
            if (!ARGUMENT.matcher(argument).matches()) {
                throw new GuestUnavailableException(
                        "the kernel argument '" + argument + "' cannot be given through a boot loader",
                        "Use letters, digits and _.,:=/@+%- only, or a guest of kind debootstrap.");
            }
        }
        if (!IMAGE.matcher(image).matches()) {
            throw new GuestUnavailableException(
                    "the kernel's image " + image + " is not where boot loaders look",
                    "Its package must bring /boot/vmlinuz-RELEASE.");
        }
        return "BOOT_LOADER='" + bootLoader.word() + "'\nIMAGE='" + image + "'\nARGUMENTS='" + String.join(" ", all)
                + "'\n";
    }
}
