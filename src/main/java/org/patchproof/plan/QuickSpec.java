package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

/**
 * How a kernel is booted as it was built, without being packed.
 *
 * @param image the bootable image, relative to the top of the kernel's tree
 * @param modules whether the guest needs any: they are not installed then
 */
public record QuickSpec(String image, Modules modules) {
    /** As every x86 kernel's make leaves it; a guest is taken to need what is built as a module. */
    public static final QuickSpec USUAL = new QuickSpec("arch/x86/boot/bzImage", Modules.NEEDED);

    /** Whether what the configuration makes a module is needed in the guest. */
    public enum Modules {
        NEEDED,
        UNNEEDED
    }

    public QuickSpec {
        requireNonNull(image);
        requireNonNull(modules);
    }
}
