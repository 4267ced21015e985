package org.patchproof.vm;

import java.util.Locale;
import java.util.Set;

/** Whose tools tell a guest's boot loader what to boot. */
public enum BootLoader {
    /**
     * {@code grubby}: RHEL 7 and its kin, where it edits grub2's configuration, and RHEL 8, 9 and Fedora,
     * where it edits one file for each kernel (BLS).
     */
    GRUBBY,
    /** GRUB 2 as {@code grub2-mkconfig}, {@code grub2-set-default}, with no file for each kernel: openSUSE. */
    GRUB2,
    /** GRUB 2 as {@code grub-mkconfig}, {@code grub-set-default}: Debian, Ubuntu. */
    GRUB;

    /** What stands in {@code BOOT_LOADER} for the guest's script. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its {@link #word}. */
    static BootLoader of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * The one that a guest has.
     *
     * @throws GuestUnavailableException when it has none that we know, with what would help
     */
    static BootLoader of(GuestFacts guest) {
        if (guest.tools().contains("grubby")) {
            return GRUBBY;
        }
        if (guest.bls()) {
            throw new GuestUnavailableException(
                    guest.name() + " has a file for each kernel in /boot/loader/entries, and no grubby to edit them",
                    "Install grubby in the image.");
        }
        if (guest.tools().containsAll(Set.of("grub2-mkconfig", "grub2-set-default"))) {
            return GRUB2;
        }
        if (guest.tools().containsAll(Set.of("grub-mkconfig", "grub-set-default"))) {
            return GRUB;
        }
        throw new GuestUnavailableException(
                guest.name() + " has no tool that tells its boot loader what to boot",
                "Known are grubby (RHEL, Fedora and their kin), grub2-mkconfig with grub2-set-default, and"
                        + " grub-mkconfig with grub-set-default (Debian): install those of its boot loader in the"
                        + " image.");
    }
}
