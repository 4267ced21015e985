package org.patchproof.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchproof.patch.LooseDiff;
import org.patchproof.specfile.SeriesConf;
import org.patchproof.specfile.SeriesPlan;
import org.patchproof.srpm.TarMembers;

/** A series with its tarballs: what each of its patches does to some files, in one pass over each tarball. */
final class SeriesTarballs {
    private static final int SERIES_LIMIT = 32 << 20;
    private static final long LENGTH_LIMIT = 64L << 20;
    private static final int NAMED_LIMIT = 3;
    /** SUSE has a dozen. */
    private static final int TARBALLS_LIMIT = 50;

    private static final String ADDON = "patches.addon/series";

    private final SeriesPlan plan;
    private final Path sources;
    private final Set<String> paths;
    private long length;
    private final List<String> troubles = new ArrayList<>();
    private final Map<String, List<LooseDiff.Section>> read = new HashMap<>();

    /** A look at what {@code plan} does to {@code paths}; its files are in {@code sources}. */
    SeriesTarballs(SeriesPlan plan, Path sources, Set<String> paths) {
        this.plan = plan;
        this.sources = sources;
        this.paths = paths;
    }

    /** A patch that does something to them, with its guards. */
    record Change(SeriesConf.Entry entry, List<LooseDiff.Section> sections) {}

    /** Why what is done is not known, for those to whom it matters. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /**
     * In the order of the series.
     *
     * @param present those files of {@code sources} that may be read
     * @param tree the kernel's tarball, which is no tarball of patches
     */
    List<Change> changes(Set<String> present, Path tree) throws IOException {
        SeriesConf series;
        try (InputStream in = Files.newInputStream(sources.resolve(plan.series()))) {
            byte[] bytes = in.readNBytes(SERIES_LIMIT + 1);
            if (bytes.length > SERIES_LIMIT) {
                troubles.add(plan.series() + " has more than " + SERIES_LIMIT + " bytes");
                return List.of();
            }
            series = SeriesConf.parse(new String(bytes, StandardCharsets.ISO_8859_1), plan);
        }
        series.odd().ifPresent(line -> troubles.add(plan.series() + " has a line that is not understood: " + line));
        Set<String> wanted = new HashSet<>();
        series.entries().forEach(e -> wanted.add(e.patch()));
        if (plan.tarballs().size() > TARBALLS_LIMIT) {
            troubles.add(
                    plan.series() + " is for " + plan.tarballs().size() + " tarballs, more than " + TARBALLS_LIMIT);
            return List.of();
        }
        for (String tarball : plan.tarballs()) {
            if (!sources.resolve(tarball).equals(tree)) {
                look(tarball, present, wanted);
            }
        }
        return inOrder(series);
    }

    private void look(String tarball, Set<String> present, Set<String> wanted) {
        if (!present.contains(tarball)) {
            troubles.add(tarball + ", which " + plan.series() + " may need, is not in the package");
            return;
        }
        try {
            TarMembers.each(sources.resolve(tarball), (name, regular, content) -> {
                if (name.equals(ADDON)) {
                    troubles.add(tarball + " has a series of its own, " + ADDON);
                } else if (wanted.contains(name)) {
                    one(tarball, name, regular, content);
                }
            });
        } catch (IOException e) {
            String what = String.valueOf(e.getMessage());
            troubles.add(what.startsWith(tarball) ? what : tarball + ": " + what);
        }
    }

    private void one(String tarball, String name, boolean regular, InputStream content) throws IOException {
        if (!regular) {
            throw new IOException(tarball + " has a link or a folder by the name of a patch: " + name);
        }
        List<LooseDiff.Section> sections = LooseDiff.sections(content, 1, paths::contains);
        length += sections.stream().mapToLong(s -> s.text().length()).sum();
        if (length > LENGTH_LIMIT) {
            throw new IOException(tarball + " changes these files by more than " + LENGTH_LIMIT + " bytes");
        }
        read.put(name, sections);
    }

    private List<Change> inOrder(SeriesConf series) {
        List<Change> changes = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (SeriesConf.Entry entry : series.entries()) {
            List<LooseDiff.Section> sections = read.get(entry.patch());
            if (sections != null && !sections.isEmpty()) {
                changes.add(new Change(entry, sections));
            } else if (sections == null && entry.guards().isEmpty()) {
                // With a guard it is applied in no build that ends well.
                missing.add(entry.patch());
            }
        }
        if (!missing.isEmpty()) {
            troubles.add(plan.series() + " lists " + missing.size() + " patches that are in none of the tarballs"
                    + " that are read: "
                    + String.join(
                            ", ", missing.stream().sorted().limit(NAMED_LIMIT).toList()));
        }
        return changes;
    }
}
