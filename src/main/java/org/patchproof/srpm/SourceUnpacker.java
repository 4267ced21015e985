package org.patchproof.srpm;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Verifies a source package and unpacks it for rpmbuild, wholly or not at all. */
public final class SourceUnpacker {
    private static final List<String> DIRECTORIES = List.of("BUILD", "BUILDROOT", "RPMS", "SOURCES", "SPECS", "SRPMS");

    private final OpenPackage rpm;
    private final SourceList list;
    private final Staging staging;
    private final Optional<String> expected;

    private SourceUnpacker(OpenPackage rpm, SourceList list, Staging staging, Optional<String> expected) {
        this.rpm = rpm;
        this.list = list;
        this.staging = staging;
        this.expected = expected;
    }

    /**
     * Unpacks a source package in rpmbuild's layout: the spec file to SPECS, all else to SOURCES, and
     * BUILD, BUILDROOT, RPMS, SRPMS empty. The file is read once. Compared are: every digest of header
     * and payload that the package carries, each file's size and digest, and the payload's files with
     * the header's list. Files keep their time and permissions, and are always readable and writable
     * for their owner; setuid and the like are dropped.
     *
     * @param srpm the source package
     * @param topdir will hold the layout; it must not exist, its parent must. Until all is verified
     *     the work is done in a hidden directory beside it, which a failure removes
     * @throws RpmFormatException if the package is damaged, hostile, or no source package
     * @throws IOException if a file cannot be read or written
     */
    public static UnpackedSource unpack(Path srpm, Path topdir) throws IOException {
        return unpack(srpm, topdir, Optional.empty());
    }

    /**
     * As the other, for a package that was looked at before: one that is not of this sha256 any more is
     * refused, whoever exchanged it.
     *
     * @param sha256 of the bytes whose signature, or whose name and version, somebody relies on
     */
    public static UnpackedSource unpack(Path srpm, Path topdir, String sha256) throws IOException {
        return unpack(srpm, topdir, Optional.of(sha256));
    }

    private static UnpackedSource unpack(Path srpm, Path topdir, Optional<String> expected) throws IOException {
        try (OpenPackage rpm = OpenPackage.open(srpm)) {
            SourceList list = SourceList.of(srpm, rpm);
            try (Staging staging = Staging.beside(topdir)) {
                return new SourceUnpacker(rpm, list, staging, expected).unpackTo(topdir);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private UnpackedSource unpackTo(Path topdir) throws IOException {
        staging.requireSpace(list.size());
        makeDirectories();
        String sha256 = unpackPayload();
        requireExpected(sha256);
        staging.commit();
        return new UnpackedSource(
                topdir,
                topdir.resolve("SPECS").resolve(list.spec().path()),
                sha256,
                rpm.nevra(),
                list.entries(),
                verified(),
                rpm.signatures());
    }

    private void requireExpected(String sha256) {
        if (expected.filter(wanted -> !wanted.equals(sha256)).isPresent()) {
            throw RpmFormatException.refused(
                    rpm.input().file(),
                    "it is not the file any more that was looked at before: its sha256 is " + sha256 + ", then it was "
                            + expected.get(),
                    "See who writes to it, then try again.");
        }
    }

    private void makeDirectories() throws IOException {
        Files.createDirectory(staging.place());
        for (String directory : DIRECTORIES) {
            Files.createDirectory(staging.place().resolve(directory));
        }
    }

    /** Unpacks and verifies all; the sha256 of the package file. */
    private String unpackPayload() throws IOException {
        Path srpm = rpm.input().file();
        try (Decompressor plain = rpm.payload(rpm.digests().plain(rpm.compressor()))) {
            try {
                PayloadReader payload = new PayloadReader(srpm, new CpioReader(srpm, plain), rpm.files());
                unpackFiles(payload);
                payload.requireAll();
                plain.finish();
                rpm.verifyPlain();
                return rpm.finish();
            } catch (RpmFormatException e) {
                throw rpm.cause(e);
            }
        }
    }

    private void unpackFiles(PayloadReader payload) throws IOException {
        Map<List<Integer>, Path> contents = new HashMap<>();
        Map<Path, Integer> laterLinks = new LinkedHashMap<>();
        for (OptionalInt next = payload.next(); next.isPresent(); next = payload.next()) {
            int index = next.getAsInt();
            Path target = place(list.entries().get(index));
            if (payload.hasContent()) {
                write(payload, list.entries().get(index), target);
                contents.put(rpm.files().links(index), target);
            } else {
                payload.skip();
                laterLinks.put(target, index);
            }
        }
        for (Map.Entry<Path, Integer> link : laterLinks.entrySet()) {
            copyLink(contents.get(rpm.files().links(link.getValue())), link.getKey());
        }
    }

    private Path place(RpmFileEntry entry) {
        if (entry.isGhost()) {
            throw RpmFormatException.refused(
                    rpm.input().file(), "its payload holds " + entry.path() + ", which its header says is left out");
        }
        return staging.place().resolve(list.directoryOf(entry)).resolve(entry.path());
    }

    private static void write(PayloadReader payload, RpmFileEntry entry, Path target) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            payload.copyTo(out, entry);
        }
        Files.setPosixFilePermissions(target, permissions(entry.mode()));
        if (entry.mtime().isPresent()) {
            Files.setLastModifiedTime(target, FileTime.from(entry.mtime().get()));
        }
    }

    /** A copy, not a link: whoever edits one must not edit the other. */
    private void copyLink(Path content, Path target) throws IOException {
        if (content == null) {
            throw RpmFormatException.refused(
                    rpm.input().file(),
                    "its payload has no content for the hard link " + target.getFileName(),
                    RpmFormatException.COPY_AGAIN);
        }
        Files.copy(content, target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        PosixFilePermission[] fromTheLeft = PosixFilePermission.values();
        for (int i = 0; i < fromTheLeft.length; i++) {
            if ((mode >> fromTheLeft.length - 1 - i & 1) != 0) {
                permissions.add(fromTheLeft[i]);
            }
        }
        return permissions;
    }

    private List<String> verified() {
        Stream<String> ofFiles = list.entries().stream()
                .flatMap(entry -> entry.digest().stream())
                .map(digest -> "Files " + digest.algorithm())
                .distinct();
        return Stream.concat(rpm.verified().stream(), ofFiles).toList();
    }
}
