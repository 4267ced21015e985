package org.patchproof.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchproof.patch.TreeFiles;
import org.patchproof.specfile.SpecFile;

/**
 * What is needed of a source package to check some patches on it.
 *
 * @param nevra name-version-release.src
 * @param sha256 of the package
 * @param specName the spec's file name
 * @param spec the spec; each character is one byte
 * @param included the files that the spec takes in and the scripts that apply a series, by name, as far as the package
 *     has them; as the spec's
 * @param vendor those patches of the vendor's that touch the same files; those out of one file of the package in
 *     the order in which that has them
 * @param troubles per file of the package, why what it applies to the tree is not known
 * @param names of all files in the package
 * @param files the files, as the tarball has them
 */
record SourceFiles(
        String nevra,
        String sha256,
        String specName,
        String spec,
        Map<String, String> included,
        List<Vendor> vendor,
        Map<String, List<String>> troubles,
        Set<String> names,
        TreeFiles files) {
    SourceFiles {
        included = Map.copyOf(included);
        names = Set.copyOf(names);
        troubles = Map.copyOf(troubles);
        vendor = List.copyOf(vendor);
    }

    /** The spec with what it includes. */
    SpecFile parsed() {
        return SpecFile.parse(
                specName,
                spec.getBytes(StandardCharsets.ISO_8859_1),
                name -> Optional.ofNullable(included.get(name)).map(t -> t.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /**
     * A patch of the vendor's, or what matters of it.
     *
     * @param from the file of the package that brings it; the same as its name, unless a series does
     * @param content each character is one byte
     * @param packed whether it is out of a packed file or a series, and only what matters of it
     * @param guards as a series has them before it, where it is not known what they decide
     */
    record Vendor(String from, String name, String content, boolean packed, List<String> guards) {
        static Vendor of(String name, byte[] content) {
            return new Vendor(name, name, new String(content, StandardCharsets.ISO_8859_1), false, List.of());
        }

        static Vendor of(String from, String name, byte[] content, List<String> guards) {
            return new Vendor(from, name, new String(content, StandardCharsets.ISO_8859_1), true, guards);
        }

        /** Its name without the folder that a series has it in. */
        String label() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        byte[] bytes() {
            return content.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
