package org.patchproof.srpm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The members of a tarball of a source package, read once from front to back. Nothing is written, so that
 * a member's name is a word and never a path.
 */
public final class TarMembers {
    private static final int MEMBERS_LIMIT = 500_000;
    private static final long SIZE_LIMIT = 2L << 30;
    /** For the headers of a member: names and attributes are in them. */
    private static final long HEADER_LIMIT = 1 << 20;

    private TarMembers() {}

    /** Looks at members. */
    public interface Visitor {

        /**
         * Looks at one.
         *
         * @param name its name as it stands, without {@code ./} before it
         * @param regular whether it is a regular file, and no link or directory
         * @param content what is in it; need not be read
         */
        void member(String name, boolean regular, InputStream content) throws IOException;
    }

    /** Shows all members to {@code visitor}; damage, and what is more than any such tarball has, is an IOException. */
    public static void each(Path tarball, Visitor visitor) throws IOException {
        String file = tarball.getFileName().toString();
        try (Allowance bytes = new Allowance(PackedFile.open(tarball, SIZE_LIMIT), file);
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes, StandardCharsets.ISO_8859_1.name())) {
            int count = 0;
            for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
                if (++count > MEMBERS_LIMIT) {
                    throw new IOException(file + " has more than " + MEMBERS_LIMIT + " files in it");
                }
                if (entry.isSparse()) {
                    throw new IOException(file + " has a sparse file in it: " + entry.getName());
                }
                bytes.left = entry.getSize() + HEADER_LIMIT;
                String name = entry.getName();
                visitor.member(name.startsWith("./") ? name.substring(2) : name, entry.isFile() && !link(entry), tar);
                tar.transferTo(OutputStream.nullOutputStream());
            }
            if (count == 0) {
                throw new IOException(file + " is no tarball, or an empty one");
            }
        }
    }

    private static boolean link(TarArchiveEntry entry) {
        return entry.isSymbolicLink() || entry.isLink();
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, Allowance bytes) throws IOException {
        bytes.left = HEADER_LIMIT;
        try {
            return tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException(bytes.file + " is no sound tarball: " + e.getMessage(), e);
        }
    }

    /** Reads no further than it may: a header that never ends must not fill the memory. */
    private static final class Allowance extends FilterInputStream {
        private final String file;
        private long left;

        private Allowance(InputStream in, String file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (left <= 0) {
                throw new IOException(file + " has a file in it whose head has no end");
            }
            int n = super.read(bytes, from, (int) Math.min(count, left));
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] over = new byte[(int) Math.min(Math.max(count, 0), 1 << 16)];
            return over.length == 0 ? 0 : Math.max(0, read(over, 0, over.length));
        }
    }
}
