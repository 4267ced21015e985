package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmFileEntry;
import org.patchproof.srpm.RpmPackage;

/**
 * Two sets of RPMs that should be the same, and in what they differ, file by file. Signatures are not
 * compared: the same package is the same before and after it was signed.
 *
 * @param packages how many were compared, by name
 * @param differences in the order of packages and paths; none when header and payload of each are equal,
 *     bit for bit
 */
public record RpmComparison(int packages, List<Difference> differences) {
    public RpmComparison {
        differences = List.copyOf(differences);
    }

    /**
     * One difference.
     *
     * @param rpm the package: name and architecture
     * @param path of the file in it; empty when it is the package itself
     * @param what differs, first set first
     */
    public record Difference(String rpm, Optional<String> path, String what) {
        public Difference {
            Objects.requireNonNull(rpm);
            Objects.requireNonNull(path);
            Objects.requireNonNull(what);
        }

        /** For a person. */
        public String describe() {
            return rpm + path.map(p -> " " + p).orElse("") + ": " + what;
        }
    }

    /** Whether header and payload of each package are equal, bit for bit, and none is in one set only. */
    public boolean same() {
        return differences.isEmpty();
    }

    /**
     * Compares packages of the same name and architecture.
     *
     * @throws org.patchproof.srpm.RpmFormatException when a file is no RPM, or damaged
     * @throws IllegalArgumentException when a set has two packages of one name and architecture
     */
    public static RpmComparison of(List<Path> one, List<Path> other) throws IOException {
        SortedMap<String, RpmPackage> left = byName(one);
        SortedMap<String, RpmPackage> right = byName(other);
        List<Difference> differences = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            RpmPackage a = left.get(name);
            RpmPackage b = right.get(name);
            if (a == null || b == null) {
                differences.add(new Difference(
                        name, Optional.empty(), "only in the " + (a == null ? "second" : "first") + " set"));
            } else {
                differences.addAll(compare(name, a, b));
            }
        }
        return new RpmComparison(names.size(), differences);
    }

    private static SortedMap<String, RpmPackage> byName(List<Path> files) throws IOException {
        SortedMap<String, RpmPackage> all = new TreeMap<>();
        for (Path file : files) {
            RpmPackage rpm = RpmFile.read(file);
            RpmPackage before = all.put(rpm.nevra().name() + "." + rpm.nevra().arch(), rpm);
            if (before != null) {
                throw new IllegalArgumentException(
                        before.file() + " and " + file + " are packages of one name; compare them one by one");
            }
        }
        return all;
    }

    private static List<Difference> compare(String name, RpmPackage a, RpmPackage b) throws IOException {
        if (a.sha256().equals(b.sha256()) || RpmFile.contentSha256(a.file()).equals(RpmFile.contentSha256(b.file()))) {
            return List.of();
        }
        List<Difference> differences = new ArrayList<>();
        if (!a.nevra().equals(b.nevra())) {
            differences.add(new Difference(name, Optional.empty(), a.nevra() + " and " + b.nevra()));
        }
        SortedMap<String, RpmFileEntry> left = byPath(a);
        SortedMap<String, RpmFileEntry> right = byPath(b);
        SortedSet<String> paths = new TreeSet<>(left.keySet());
        paths.addAll(right.keySet());
        for (String path : paths) {
            difference(left.get(path), right.get(path))
                    .ifPresent(what -> differences.add(new Difference(name, Optional.of(path), what)));
        }
        if (differences.isEmpty()) {
            differences.add(new Difference(
                    name,
                    Optional.empty(),
                    "all files are the same; the header differs elsewhere, or how the payload is compressed"
                            + " (compare: rpm -qp --xml " + a.file() + " and " + b.file() + ")"));
        }
        return differences;
    }

    private static SortedMap<String, RpmFileEntry> byPath(RpmPackage rpm) {
        SortedMap<String, RpmFileEntry> all = new TreeMap<>();
        rpm.files().forEach(file -> all.put(file.path(), file));
        return all;
    }

    private static Optional<String> difference(RpmFileEntry a, RpmFileEntry b) {
        if (a == null || b == null) {
            return Optional.of("only in the " + (a == null ? "second" : "first") + " package");
        }
        List<String> words = new ArrayList<>();
        add(words, "content", a, b, file -> file.digest().map(d -> d.hex()).orElse("none"));
        add(words, "size", a, b, RpmFileEntry::size);
        add(words, "mode", a, b, file -> Integer.toOctalString(file.mode()));
        add(words, "time", a, b, file -> file.mtime().map(Object::toString).orElse("none"));
        add(words, "link", a, b, file -> file.linkTarget().orElse("none"));
        add(words, "flags", a, b, RpmFileEntry::flags);
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
    }

    private static void add(
            List<String> words, String what, RpmFileEntry a, RpmFileEntry b, Function<RpmFileEntry, Object> of) {
        Object left = of.apply(a);
        Object right = of.apply(b);
        if (!left.equals(right)) {
            words.add(what + " " + left + " and " + right);
        }
    }
}
