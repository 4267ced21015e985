package org.patchproof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchproof.patch.LooseDiff;
import org.patchproof.specfile.SeriesConf;
import org.patchproof.specfile.SeriesElsewhere;
import org.patchproof.specfile.SeriesPlan;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.VendorPatches;
import org.patchproof.srpm.PackedFile;

/** Looks through packed patches for what they do to some files, each in one pass and never on the disk. */
final class PackedPatches {
    /** From one kernel to the next it is 100 MB or less. */
    private static final long PATCH_LIMIT = 512L << 20;

    /** Of all packed patches together: a package may bring thousands, and each of them be nothing but blanks. */
    private static final long TOTAL_LIMIT = 2L << 30;

    private static final String PLAIN = "[!-~]+\\.(patch|diff)";
    private static final String LIKELY = "[!-~]+\\.(patch|diff)\\.\\w{2,4}|patch-[!-~]+\\.(xz|gz|bz2|zst|lzma)";

    private final Path sources;
    private final Path tree;
    private final Blobs.Putting blobs;
    private long left;
    private final List<PackedParts.Part> parts = new ArrayList<>();
    private final List<PackedParts.Trouble> troubles = new ArrayList<>();

    /**
     * A look.
     *
     * @param sources where the package's files are
     * @param tree the kernel's tarball among them
     */
    PackedPatches(Path sources, Path tree, Blobs.Putting blobs) {
        this(sources, tree, blobs, TOTAL_LIMIT);
    }

    /** As above, for so many bytes in all. */
    PackedPatches(Path sources, Path tree, Blobs.Putting blobs, long total) {
        this.left = total;
        this.sources = sources;
        this.tree = tree;
        this.blobs = blobs;
    }

    /** Whether a file of {@code sources} is a patch that can be read as it lies there. */
    static boolean isPlain(Path sources, String name) throws IOException {
        return name.matches(PLAIN) && !PackedFile.isPacked(sources.resolve(name));
    }

    /** Per file that a spec applies, how many folders are taken off the names in it. */
    static Map<String, Integer> strips(SpecFile spec) {
        return VendorPatches.of(spec).stream()
                .collect(Collectors.toMap(
                        VendorPatches.VendorPatch::file, patch -> patch.how().strip()));
    }

    /**
     * What is done to {@code paths}.
     *
     * @param names of the files in {@code sources}
     */
    PackedParts look(SpecFile spec, Set<String> names, Set<String> paths) throws IOException {
        Map<String, Integer> applied = strips(spec);
        List<SeriesPlan> plans = new ArrayList<>(SeriesPlan.of(spec));
        SeriesElsewhere.of(spec).flatMap(SeriesElsewhere::plan).ifPresent(plans::add);
        for (SeriesPlan plan : plans) {
            applied.remove(plan.series());
            if (names.contains(plan.series())) {
                series(plan, names, paths);
            }
        }
        for (String name : new TreeSet<>(names)) {
            boolean candidate = applied.containsKey(name) || name.matches(PLAIN) || name.matches(LIKELY);
            if (candidate && !isPlain(sources, name)) {
                whole(name, applied.getOrDefault(name, 1), paths);
            }
        }
        return new PackedParts(parts, troubles);
    }

    private void whole(String name, int strip, Set<String> paths) throws IOException {
        List<LooseDiff.Section> sections;
        try (PackedFile in = PackedFile.open(sources.resolve(name), Math.min(PATCH_LIMIT, left))) {
            sections = look(in, strip, paths);
        } catch (IOException e) {
            String what = String.valueOf(e.getMessage());
            troubles.add(new PackedParts.Trouble(name, what.startsWith(name) ? what : name + ": " + what));
            return;
        }
        keep(name, new SeriesConf.Entry(name, List.of()), sections);
    }

    private List<LooseDiff.Section> look(PackedFile in, int strip, Set<String> paths) throws IOException {
        try {
            return LooseDiff.sections(in, strip, paths::contains);
        } finally {
            left -= Math.min(left, in.length());
        }
    }

    private void series(SeriesPlan plan, Set<String> names, Set<String> paths) throws IOException {
        SeriesTarballs tarballs = new SeriesTarballs(plan, sources, paths);
        for (SeriesTarballs.Change change : tarballs.changes(names, tree)) {
            keep(plan.series(), change.entry(), change.sections());
        }
        tarballs.troubles().forEach(what -> troubles.add(new PackedParts.Trouble(plan.series(), what)));
    }

    private void keep(String from, SeriesConf.Entry patch, List<LooseDiff.Section> sections) throws IOException {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (LooseDiff.Section section : sections) {
            texts.computeIfAbsent(section.path(), path -> new StringBuilder()).append(section.print());
        }
        for (Map.Entry<String, StringBuilder> text : texts.entrySet()) {
            String sha256 = blobs.put(text.getValue().toString().getBytes(StandardCharsets.ISO_8859_1));
            parts.add(new PackedParts.Part(from, patch.patch(), text.getKey(), sha256, patch.guards()));
        }
    }
}
