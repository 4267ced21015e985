package org.patchproof.srpm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of an RPM file, read once from front to back and digested on the way. Trouble of the disk
 * comes out as {@link UncheckedIOException}, so that a decompressor that reads from here cannot be
 * blamed for it.
 */
final class PackageInput extends InputStream {
    private static final int DRAIN_PIECE = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private final InputStream in;
    private final long size;
    private final DigestWorker worker = new DigestWorker();
    private final MessageDigest whole = HashAlgorithm.SHA256.start();
    private List<MessageDigest> digests = List.of(whole);
    private long position;

    private PackageInput(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.in = Channels.newInputStream(channel);
        this.size = channel.size();
    }

    static PackageInput open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw RpmFormatException.refused(file, "not a regular file", "Name the RPM file itself.");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new PackageInput(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    /** How many bytes the file had when it was opened. */
    long size() {
        return size;
    }

    /** The offset of the next byte. */
    long position() {
        return position;
    }

    /** Also digests what is read from now on. */
    void digestFromHere(List<MessageDigest> more) {
        List<MessageDigest> all = new ArrayList<>(digests);
        all.addAll(more);
        digests = List.copyOf(all);
    }

    /** The next {@code count} bytes; the length is checked against the file before memory is taken. */
    byte[] exactly(int count, String what) {
        requireLeft(count, what);
        byte[] bytes = new byte[count];
        exactly(bytes, 0, count, what);
        return bytes;
    }

    /** As the other, into {@code bytes}. */
    void exactly(byte[] bytes, int from, int count, String what) {
        requireLeft(count, what);
        int got = 0;
        while (got < count) {
            int n = read(bytes, from + got, Math.min(DRAIN_PIECE, count - got));
            if (n < 0) {
                throw RpmFormatException.damaged(file, position, "the file ends inside " + what);
            }
            got += n;
        }
    }

    /** The next bytes, at most {@code count}, which stay unread. */
    byte[] peek(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try {
            channel.read(bytes, position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Refuses when fewer than {@code count} bytes are left. */
    void requireLeft(long count, String what) {
        if (count > size - position) {
            throw RpmFormatException.damaged(
                    file,
                    size,
                    "the file ends inside " + what + ", which starts at byte " + position + " and needs " + count
                            + " bytes");
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        try {
            int n = in.read(bytes, from, length);
            if (n > 0) {
                position += n;
                worker.update(bytes, from, n, digests);
            }
            return n;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end; all digests are complete then. The sha256 of the whole file. */
    String finish() {
        byte[] bytes = new byte[DRAIN_PIECE];
        while (read(bytes, 0, bytes.length) >= 0) {}
        if (position != size) {
            throw RpmFormatException.refused(
                    file, "the file changed while it was read", "Wait until it is written, then try again.");
        }
        worker.finish();
        return HexFormat.of().formatHex(whole.digest());
    }

    @Override
    public void close() throws IOException {
        worker.close();
        channel.close();
    }
}
