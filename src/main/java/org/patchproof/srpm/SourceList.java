package org.patchproof.srpm;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of a source package, found fit to be written: flat names, plain files, one spec file. */
final class SourceList {
    /** The longest name of Linux, in bytes. */
    private static final int NAME_LIMIT = 255;

    private final Path srpm;
    private final List<RpmFileEntry> entries;
    private final RpmFileEntry spec;

    private SourceList(Path srpm, List<RpmFileEntry> entries) {
        this.srpm = srpm;
        this.entries = entries;
        Set<String> names = new HashSet<>();
        for (RpmFileEntry entry : entries) {
            requireFlat(entry.path());
            if (!entry.isRegular()) {
                throw refused(entry.path(), "is a " + entry.kind() + "; a source package holds regular files only");
            }
            if (!names.add(entry.path())) {
                throw refused(entry.path(), "is listed twice");
            }
        }
        this.spec = findSpec();
    }

    /** The files that {@code rpm} lists; refuses all that has no place in a source package. */
    static SourceList of(Path srpm, OpenPackage rpm) {
        if (rpm.kind() != RpmPackage.Kind.SOURCE) {
            throw RpmFormatException.refused(
                    srpm,
                    rpm.nevra() + " is a binary package",
                    "Name its source package, whose name ends in .src.rpm.");
        }
        return new SourceList(srpm, rpm.files().entries());
    }

    List<RpmFileEntry> entries() {
        return entries;
    }

    RpmFileEntry spec() {
        return spec;
    }

    /** Where in rpmbuild's layout a file belongs. */
    String directoryOf(RpmFileEntry entry) {
        return entry == spec ? "SPECS" : "SOURCES";
    }

    /** How many bytes it will take. */
    long size() {
        return entries.stream()
                .filter(e -> !e.isGhost())
                .mapToLong(RpmFileEntry::size)
                .sum();
    }

    private void requireFlat(String name) {
        if (name.isEmpty()) {
            throw RpmFormatException.refused(srpm, "it lists a file without a name");
        }
        if (name.contains("/") || name.equals(".") || name.equals("..")) {
            throw refused(name, "is no bare file name: it could be written outside its directory");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused(name, "has control characters in its name");
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > NAME_LIMIT) {
            throw refused(name, "has a name of " + length + " bytes; Linux allows " + NAME_LIMIT);
        }
        try {
            Path.of(name);
        } catch (InvalidPathException e) {
            throw RpmFormatException.refused(
                    srpm, "the file name '" + name + "' cannot be written in this locale", "Set LC_ALL=C.UTF-8.");
        }
    }

    /** The one that is flagged; where none is (packages of long ago), the one named *.spec, as rpm does. */
    private RpmFileEntry findSpec() {
        List<RpmFileEntry> flagged =
                entries.stream().filter(RpmFileEntry::isSpecFile).toList();
        List<RpmFileEntry> candidates = !flagged.isEmpty()
                ? flagged
                : entries.stream().filter(e -> e.path().endsWith(".spec")).toList();
        if (candidates.size() != 1) {
            throw RpmFormatException.refused(
                    srpm, "it has " + (candidates.isEmpty() ? "no" : candidates.size()) + " spec files, not one");
        }
        if (candidates.get(0).isGhost()) {
            throw refused(candidates.get(0).path(), "is the spec file, and is left out of the package");
        }
        return candidates.get(0);
    }

    private RpmFormatException refused(String name, String wrong) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return RpmFormatException.refused(srpm, "the file '" + shown.replaceAll("\\p{Cntrl}", "?") + "' " + wrong);
    }
}
