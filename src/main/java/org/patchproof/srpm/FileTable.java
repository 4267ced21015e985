package org.patchproof.srpm;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files that a header lists, and which of them are hard links of each other. */
final class FileTable {
    /** Five times the files of kernel-devel. Each costs some 500 bytes of memory. */
    static final int FILE_LIMIT = 100_000;
    /** The longest path of Linux. */
    static final int PATH_LIMIT = 4096;

    /** More than Linux's usual filesystems hold in one file; so that sums do not overflow. */
    private static final long SIZE_LIMIT = 1L << 44;

    /** In characters. */
    private static final long PATHS_LIMIT = 8 << 20;

    private final Path file;
    private final Header header;
    private final List<RpmFileEntry> entries;
    private final List<List<Integer>> links;

    private FileTable(Path file, Header header) {
        this.file = file;
        this.header = header;
        List<String> paths = paths();
        this.entries = List.copyOf(entries(paths));
        this.links = links();
    }

    static FileTable of(Path file, Header header) {
        return new FileTable(file, header);
    }

    List<RpmFileEntry> entries() {
        return entries;
    }

    /** All files, by index, that share the content of {@code index}, itself too; in the header's order. */
    List<Integer> links(int index) {
        List<Integer> group = links.get(index);
        return group == null ? List.of(index) : group;
    }

    private List<String> paths() {
        if (header.has(Tag.OLD_FILE_NAMES)) {
            return oldPaths();
        }
        int count = bounded(header.count(Tag.BASE_NAMES));
        if (count == 0) {
            return List.of();
        }
        List<String> names = header.strings(Tag.BASE_NAMES, count);
        List<String> directories = header.strings(Tag.DIR_NAMES, bounded(header.count(Tag.DIR_NAMES)));
        long[] indexes = header.numbers(Tag.DIR_INDEXES, count);
        List<String> paths = new ArrayList<>(count);
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (indexes[i] >= directories.size()) {
                throw header.damagedTag(Tag.DIR_INDEXES, "names directory " + indexes[i] + ", which is not there");
            }
            String directory = directories.get((int) indexes[i]);
            int length = directory.length() + names.get(i).length();
            total += length;
            if (length > PATH_LIMIT || total > PATHS_LIMIT) {
                throw header.damagedTag(Tag.BASE_NAMES, "makes a path, or paths, too long for Linux");
            }
            paths.add(directory + names.get(i));
        }
        return paths;
    }

    /** Of format 3: whole paths. */
    private List<String> oldPaths() {
        List<String> paths = header.strings(Tag.OLD_FILE_NAMES, bounded(header.count(Tag.OLD_FILE_NAMES)));
        if (paths.stream().anyMatch(path -> path.length() > PATH_LIMIT)) {
            throw header.damagedTag(Tag.OLD_FILE_NAMES, "holds a path too long for Linux");
        }
        return paths;
    }

    private int bounded(int count) {
        if (count > FILE_LIMIT) {
            throw RpmFormatException.refused(
                    file,
                    "it lists " + count + " files; the limit is " + FILE_LIMIT,
                    "Use a smaller package: no kernel package has so many.");
        }
        return count;
    }

    private List<RpmFileEntry> entries(List<String> paths) {
        int count = paths.size();
        if (count == 0) {
            return List.of();
        }
        long[] sizes = header.numbers(header.has(Tag.LONG_FILE_SIZES) ? Tag.LONG_FILE_SIZES : Tag.FILE_SIZES, count);
        long[] modes = header.numbers(Tag.FILE_MODES, count);
        Optional<long[]> mtimes = optional(Tag.FILE_MTIMES, count);
        Optional<long[]> flags = optional(Tag.FILE_FLAGS, count);
        List<String> digests = header.has(Tag.FILE_DIGESTS) ? header.strings(Tag.FILE_DIGESTS, count) : List.of();
        List<String> targets = header.has(Tag.FILE_LINK_TOS) ? header.strings(Tag.FILE_LINK_TOS, count) : List.of();
        HashAlgorithm algorithm = fileAlgorithm();
        List<RpmFileEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = i;
            if (sizes[i] > SIZE_LIMIT) {
                throw RpmFormatException.refused(file, paths.get(i) + " is said to have " + sizes[i] + " bytes");
            }
            entries.add(new RpmFileEntry(
                    paths.get(i),
                    sizes[i],
                    (int) modes[i] & 0xffff,
                    mtimes.map(m -> Instant.ofEpochSecond(m[at] & 0xffffffffL)),
                    digests.isEmpty() ? Optional.empty() : digest(algorithm, digests.get(i)),
                    targets.isEmpty() || targets.get(i).isEmpty() ? Optional.empty() : Optional.of(targets.get(i)),
                    flags.map(f -> (int) f[at]).orElse(0)));
        }
        return entries;
    }

    private Optional<long[]> optional(int tag, int count) {
        return header.has(tag) ? Optional.of(header.numbers(tag, count)) : Optional.empty();
    }

    private HashAlgorithm fileAlgorithm() {
        long number = header.number(Tag.FILE_DIGEST_ALGO).orElse(1); // absent: MD5, the only one before 2009
        return HashAlgorithm.numbered(number)
                .orElseThrow(() -> header.damagedTag(
                        Tag.FILE_DIGEST_ALGO, "names the digest algorithm " + number + ", which is not known"));
    }

    private Optional<RpmDigest> digest(HashAlgorithm algorithm, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String hex = text.toLowerCase(Locale.ROOT);
        if (!RpmDigest.isHex(algorithm, hex)) {
            throw header.damagedTag(Tag.FILE_DIGESTS, "holds what is no " + algorithm + " digest");
        }
        return Optional.of(new RpmDigest(algorithm, hex));
    }

    private record Inode(long device, long number) {}

    /** By file; null for a file that is alone. */
    private List<List<Integer>> links() {
        int count = entries.size();
        List<List<Integer>> byFile = new ArrayList<>(Collections.nCopies(count, null));
        if (count == 0 || !header.has(Tag.FILE_INODES)) {
            return byFile;
        }
        long[] inodes = header.numbers(Tag.FILE_INODES, count);
        long[] devices = optional(Tag.FILE_DEVICES, count).orElseGet(() -> new long[count]);
        Map<Inode, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < count; i++) {
            if (entries.get(i).isRegular() && !entries.get(i).isGhost()) {
                groups.computeIfAbsent(new Inode(devices[i], inodes[i]), inode -> new ArrayList<>(1))
                        .add(i);
            }
        }
        groups.values().stream().filter(group -> group.size() > 1).forEach(group -> {
            requireSameContent(group);
            group.forEach(i -> byFile.set(i, group));
        });
        return byFile;
    }

    private void requireSameContent(List<Integer> group) {
        RpmFileEntry first = entries.get(group.get(0));
        for (int i : group) {
            RpmFileEntry other = entries.get(i);
            if (other.size() != first.size() || !other.digest().equals(first.digest())) {
                throw RpmFormatException.refused(
                        file,
                        first.path() + " and " + other.path()
                                + " are said to be one file, yet differ in size or digest");
            }
        }
    }
}
