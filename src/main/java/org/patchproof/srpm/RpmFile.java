package org.patchproof.srpm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/** Reads RPM files, source and binary. */
public final class RpmFile {
    private RpmFile() {}

    /**
     * Reads the headers of an RPM file. The payload is not decompressed, but all bytes are read once,
     * for the file's sha256 and for every digest that covers headers and payload as they stand in the
     * file; so what comes back is of a file that is whole.
     *
     * @throws RpmFormatException if it is no RPM file or is damaged
     * @throws IOException if it cannot be read
     */
    public static RpmPackage read(Path file) throws IOException {
        try (OpenPackage rpm = OpenPackage.open(file)) {
            return new RpmPackage(
                    file,
                    rpm.input().size(),
                    rpm.finish(),
                    rpm.nevra(),
                    rpm.kind(),
                    rpm.payloadFormat(),
                    rpm.compressor(),
                    rpm.files().entries(),
                    rpm.signatures(),
                    rpm.digests().names());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The sha256 of what a package is, whoever signed it: main header and payload, as they stand in the
     * file. Two packages with the same one differ at most in lead and signatures.
     *
     * @throws RpmFormatException if it is no RPM file
     * @throws IOException if it cannot be read
     */
    public static String contentSha256(Path file) throws IOException {
        long offset;
        try (OpenPackage rpm = OpenPackage.open(file)) {
            offset = rpm.contentOffset();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        MessageDigest digest = HashAlgorithm.SHA256.start();
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Extracts one regular file. Compared are its size and digest, and every digest that covers headers
     * and payload as they stand in the file.
     *
     * @param rpm the package
     * @param pathInside the file's path as the header lists it, such as {@code /boot/vmlinuz-6.1.192}
     * @param target where to write it; must not exist, and does not exist after a failure
     * @return what the header says of it
     * @throws NoSuchFileException if the package has no such file
     * @throws RpmFormatException if the package is damaged or hostile, or the file has no content in it
     * @throws IOException if something cannot be read or written
     */
    public static RpmFileEntry extract(Path rpm, String pathInside, Path target) throws IOException {
        try (OpenPackage open = OpenPackage.open(rpm);
                Staging staging = Staging.beside(target)) {
            int wanted = find(open, pathInside);
            RpmFileEntry entry = open.files().entries().get(wanted);
            staging.requireSpace(entry.size());
            try (Decompressor plain = open.payload(List.of())) {
                PayloadReader payload = new PayloadReader(rpm, new CpioReader(rpm, plain), open.files());
                goTo(payload, open.files().links(wanted), rpm, entry);
                try (OutputStream out = Files.newOutputStream(
                        staging.place(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    payload.copyTo(out, entry);
                }
                open.finish();
            }
            staging.commit();
            return entry;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static int find(OpenPackage rpm, String pathInside) throws NoSuchFileException {
        List<RpmFileEntry> entries = rpm.files().entries();
        for (int i = 0; i < entries.size(); i++) {
            RpmFileEntry entry = entries.get(i);
            if (entry.path().equals(pathInside)) {
                if (!entry.isRegular() || entry.isGhost()) {
                    throw RpmFormatException.refused(
                            rpm.input().file(),
                            pathInside + " has no content in it: it is a "
                                    + (entry.isGhost() ? "file made after installation" : entry.kind()),
                            "Name a regular file (rpm -qlvp lists them).");
                }
                return i;
            }
        }
        throw new NoSuchFileException(
                rpm.input().file().toString(),
                pathInside,
                rpm.nevra() + " has no file of this path (rpm -qlp lists them)");
    }

    /** Goes to the first of {@code links} that brings content. */
    private static void goTo(PayloadReader payload, List<Integer> links, Path rpm, RpmFileEntry entry)
            throws IOException {
        for (OptionalInt next = payload.next(); next.isPresent(); next = payload.next()) {
            if (links.contains(next.getAsInt()) && payload.hasContent()) {
                return;
            }
            payload.skip();
        }
        throw RpmFormatException.refused(
                rpm, "its payload lacks " + entry.path() + ", which its header lists", RpmFormatException.COPY_AGAIN);
    }
}
