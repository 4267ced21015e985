package org.patchproof.srpm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds the payload against the header's list: every file of the list must come, once, with the size
 * and digest that the header states, and nothing else may come. So no payload can write more than its
 * header announced.
 */
final class PayloadReader {
    private static final int PIECE = 1 << 16;
    /** A symbolic link's target; directories of some packers claim a block or so. */
    private static final long OTHER_BODY_LIMIT = 1 << 16;

    private static final int TYPE_MASK = 0170000;

    private final Path file;
    private final CpioReader cpio;
    private final FileTable table;
    private final Map<String, Integer> byName = new HashMap<>();
    private final BitSet seen = new BitSet();
    private final byte[] piece = new byte[PIECE];
    private int current = -1;
    private long bodySize;

    PayloadReader(Path file, CpioReader cpio, FileTable table) {
        this.file = file;
        this.cpio = cpio;
        this.table = table;
        List<RpmFileEntry> entries = table.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (byName.put(entries.get(i).path(), i) != null) {
                throw RpmFormatException.refused(
                        file, "it lists the file " + entries.get(i).path() + " twice");
            }
        }
    }

    /** Goes to the next file of the payload; its index in the header's list, or empty after the last. */
    OptionalInt next() throws IOException {
        Optional<CpioReader.Entry> entry = cpio.next();
        if (entry.isEmpty()) {
            return OptionalInt.empty();
        }
        current = entry.get().isNamed() ? lookup(entry.get()) : entry.get().index();
        if (current >= table.entries().size()) {
            throw RpmFormatException.refused(
                    file,
                    "its payload holds file " + current + " of "
                            + table.entries().size());
        }
        RpmFileEntry listed = table.entries().get(current);
        if (seen.get(current)) {
            throw RpmFormatException.refused(file, "its payload holds " + listed.path() + " twice");
        }
        seen.set(current);
        bodySize = entry.get().isNamed() ? entry.get().size() : impliedSize(listed);
        cpio.body(bodySize);
        requireFits(listed, entry.get());
        return OptionalInt.of(current);
    }

    private int lookup(CpioReader.Entry entry) {
        String name = entry.name();
        Integer index = byName.get(name);
        if (index == null && name.startsWith("./")) {
            // Binary packages: "./usr/bin/x" for /usr/bin/x; format 3 source packages: "./x" for x.
            index = byName.getOrDefault(name.substring(1), byName.get(name.substring(2)));
        }
        if (index == null) {
            throw RpmFormatException.refused(
                    file, "its payload holds the file " + printable(name) + ", which its header does not list");
        }
        return index;
    }

    private long impliedSize(RpmFileEntry listed) {
        List<Integer> links = table.links(current);
        boolean content = listed.isSymlink() || listed.isRegular() && links.get(links.size() - 1) == current;
        return content ? listed.size() : 0;
    }

    private void requireFits(RpmFileEntry listed, CpioReader.Entry entry) {
        if (entry.isNamed() && (entry.mode() & TYPE_MASK) != (listed.mode() & TYPE_MASK)) {
            throw RpmFormatException.refused(
                    file,
                    listed.path() + " is a " + listed.kind()
                            + " in its header and another kind of file in its payload");
        }
        boolean fits = listed.isRegular()
                ? bodySize == listed.size()
                        || bodySize == 0 && table.links(current).size() > 1
                : bodySize <= OTHER_BODY_LIMIT;
        if (!fits) {
            throw RpmFormatException.refused(
                    file,
                    listed.path() + " has " + bodySize + " bytes in its payload and " + listed.size()
                            + " in its header",
                    RpmFormatException.COPY_AGAIN);
        }
    }

    /** Whether the content of the current file is here, and not with a later hard link of it. */
    boolean hasContent() {
        return bodySize == table.entries().get(current).size();
    }

    /** Passes over the content of the current file. */
    void skip() throws IOException {
        while (cpio.read(piece) >= 0) {}
    }

    /** Writes the content of the current file and compares its digest with that of {@code listed}. */
    void copyTo(OutputStream out, RpmFileEntry listed) throws IOException {
        Optional<MessageDigest> digest = listed.digest().map(d -> d.algorithm().start());
        if (digest.isEmpty() && listed.size() > 0) {
            throw RpmFormatException.refused(file, "it carries no digest of " + listed.path());
        }
        for (int n = cpio.read(piece); n >= 0; n = cpio.read(piece)) {
            if (digest.isPresent()) {
                digest.get().update(piece, 0, n);
            }
            out.write(piece, 0, n);
        }
        if (digest.isPresent()) {
            String actual = HexFormat.of().formatHex(digest.get().digest());
            String expected = listed.digest().orElseThrow().hex();
            if (!actual.equals(expected)) {
                throw RpmFormatException.damaged(
                        file,
                        listed.path() + " is not as it was packed: its "
                                + listed.digest().orElseThrow().algorithm() + " digest is " + actual
                                + ", the header says " + expected);
            }
        }
    }

    /** After the last file: refuses if one of the header's list did not come. */
    void requireAll() {
        List<RpmFileEntry> entries = table.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (!seen.get(i) && !entries.get(i).isGhost()) {
                throw RpmFormatException.refused(
                        file,
                        "its payload lacks " + entries.get(i).path() + ", which its header lists",
                        RpmFormatException.COPY_AGAIN);
            }
        }
    }

    private static String printable(String name) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "..." : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
