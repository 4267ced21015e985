package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A kernel with the variants of it that are to be tried, in one guest.
 *
 * @param variants the control first, then the candidates in the order of the file
 */
public record Cell(KernelSpec kernel, List<VariantSpec> variants, GuestSpec guest) {
    public Cell {
        requireNonNull(kernel);
        variants = List.copyOf(variants);
        requireNonNull(guest);
        if (variants.isEmpty() || variants.get(0).role() != VariantRole.CONTROL) {
            throw new IllegalArgumentException("a cell begins with its control: " + kernel.name());
        }
    }

    public VariantSpec control() {
        return variants.get(0);
    }

    public List<VariantSpec> candidates() {
        return variants.subList(1, variants.size());
    }

    /**
     * sha256, 64 hex digits, over the kernel, the guest and the variants with the content of their
     * patches. The same wherever the workspace lies.
     *
     * @throws java.io.UncheckedIOException when a file is gone since the plan was loaded
     */
    public String digest() {
        CanonicalDigest digest =
                new CanonicalDigest("cell").put("kernel", kernel.digest()).put("guest", guest.digest());
        for (VariantSpec variant : variants) {
            digest.put("variant", variant.name()).put("role", variant.role().name());
            variant.patches().forEach(patch -> digest.putFile("patch", patch));
        }
        return digest.hex();
    }
}
