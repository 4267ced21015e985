package org.patchproof.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of one source package: its spec and what that includes, the vendor's patches in it, the names of all
 * its files, and the files that were
 * taken out of its tarball so far. Written as lines of words, which none of the paths can break: a
 * patch's paths have no blanks.
 *
 * @param nevra name-version-release.src
 * @param spec the spec's file name and sha256
 * @param included the files that the spec takes in, and the scripts that apply a series, as far as the package has
 *     them
 * @param vendor the vendor's patches
 * @param names of all files in the package
 * @param packed what was found in the vendor's packed patches, in the order in which the spec applies it
 * @param files by path: a sha256, {@link #ABSENT}, or why it is unfit
 */
record SourceIndex(
        String nevra,
        Stored spec,
        List<Stored> included,
        List<Vendor> vendor,
        Set<String> names,
        PackedParts packed,
        SortedMap<String, String> files) {
    static final String ABSENT = "absent";
    static final String SHA256 = "[0-9a-f]{64}";
    private static final String HEAD = "patchproof source index 7";

    /** A file by its name and sha256. */
    record Stored(String name, String sha256) {}

    /** A patch of the vendor's and the paths that it touches, as far as can be told. */
    record Vendor(Stored file, Set<String> paths) {
        Vendor {
            paths = Set.copyOf(paths);
        }
    }

    SourceIndex {
        included = List.copyOf(included);
        vendor = List.copyOf(vendor);
        names = Set.copyOf(names);
        files = new TreeMap<>(files);
    }

    /**
     * With what is known of more paths.
     *
     * @param more as {@link #files}
     * @param parts what packed patches do to {@code looked}
     */
    SourceIndex with(SortedMap<String, String> more, PackedParts parts, Set<String> looked) {
        SortedMap<String, String> all = new TreeMap<>(files);
        all.putAll(more);
        return new SourceIndex(nevra, spec, included, vendor, names, packed.with(parts, looked), all);
    }

    String print() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        text.append("nevra ").append(nevra).append('\n');
        text.append("spec ")
                .append(spec.sha256())
                .append(' ')
                .append(spec.name())
                .append('\n');
        included.forEach(file -> text.append("include ")
                .append(file.sha256())
                .append(' ')
                .append(file.name())
                .append('\n'));
        names.stream().sorted().forEach(n -> text.append("name ").append(n).append('\n'));
        for (Vendor patch : vendor) {
            text.append("vendor ").append(patch.file().sha256()).append(' ');
            text.append(patch.file().name());
            patch.paths().stream().sorted().forEach(p -> text.append(' ').append(p));
            text.append('\n');
        }
        packed.print(text);
        files.forEach((path, what) ->
                text.append("file ").append(path).append(' ').append(what).append('\n'));
        return text.append("end\n").toString();
    }

    /** Reads what {@link #print} wrote; empty for anything else, as for a file that was cut. */
    static Optional<SourceIndex> parse(String text) {
        List<String> lines = List.of(text.split("\n"));
        if (!lines.get(0).equals(HEAD) || !lines.get(lines.size() - 1).equals("end")) {
            return Optional.empty();
        }
        String nevra = "";
        Stored spec = null;
        List<Stored> included = new ArrayList<>();
        List<Vendor> vendor = new ArrayList<>();
        Set<String> names = new HashSet<>();
        PackedParts.Reader packed = new PackedParts.Reader();
        SortedMap<String, String> files = new TreeMap<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String[] words = line.split(" ");
            if (words.length < 2) {
                return Optional.empty();
            }
            switch (words[0]) {
                case "nevra" -> nevra = words[1];
                case "spec" -> spec = new Stored(line.substring(6 + words[1].length()), words[1]);
                case "include" -> included.add(new Stored(line.substring(9 + words[1].length()), words[1]));
                case "name" -> names.add(words[1]);
                case "vendor" ->
                    vendor.add(new Vendor(
                            new Stored(words[2], words[1]),
                            Set.copyOf(Arrays.asList(words).subList(3, words.length))));
                case "file" -> files.put(words[1], line.substring(6 + words[1].length()));
                default -> {
                    if (!packed.read(words, line)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return spec == null
                ? Optional.empty()
                : Optional.of(new SourceIndex(nevra, spec, included, vendor, names, packed.parts(), files));
    }
}
