package org.patchproof.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.patchproof.patch.TreeFiles;

/**
 * What is needed of a source package to check some patches on it.
 *
 * @param nevra name-version-release.src
 * @param sha256 of the package
 * @param specName the spec's file name
 * @param spec the spec; each character is one byte
 * @param vendor those patches of the vendor's that touch the same files, in no order
 * @param files the files, as the tarball has them
 */
record SourceFiles(String nevra, String sha256, String specName, String spec, List<Vendor> vendor, TreeFiles files) {
    SourceFiles {
        vendor = List.copyOf(vendor);
    }

    /** A patch of the vendor's; each character is one byte. */
    record Vendor(String name, String content) {
        static Vendor of(String name, byte[] content) {
            return new Vendor(name, new String(content, StandardCharsets.ISO_8859_1));
        }

        byte[] bytes() {
            return content.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
