package org.patchproof.srpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.patchproof.testing.CpioWriter;
import org.patchproof.testing.RpmBuilder;

/** A table of ways to spoil a package, and the packages that are spoiled. What comes out depends on the seed alone. */
final class Mutations {
    /** What of a package is spoiled; digests that lie outside agree with what they cover, as an attacker's would. */
    private enum Part {
        /** Anything: most of these a digest finds. */
        WHOLE_FILE,
        SIGNATURE_HEADER,
        /** Under digests that agree. */
        MAIN_HEADER,
        /** Under digests that agree, before it is compressed. */
        ARCHIVE,
        /** Under digests that agree, after it was compressed. */
        COMPRESSED
    }

    private static final int[] EDGES = {
        0,
        1,
        -1,
        2,
        7,
        8,
        9,
        16,
        0xff,
        0x100,
        0xffff,
        0x10000,
        0x7fffffff,
        0x80000000,
        0x7ffffff0,
        0xfffffff0,
        0x04000000,
        0x10000000,
        0x20000000,
        0x40000000,
        1000,
        1028,
        1030,
        1035,
        1117,
        1118,
        1125,
        5008,
        5092
    };
    private static final List<String> WORDS = List.of(
            "../x",
            "/etc/passwd",
            "TRAILER!!!",
            "070701",
            "07070X",
            "070702",
            "\0",
            "a/b",
            "..",
            "\u001b[2J",
            "gzip",
            "xz",
            "lzma",
            "zstd",
            "bzip2",
            "none",
            "ffffffff",
            "00000000",
            "80000000",
            "0000a1ff",
            "000081a4",
            "\u00ff\u00fe");

    private final Random random;
    private final List<RpmBuilder> packages = packages();
    private final List<byte[]> built = packages.stream().map(RpmBuilder::build).toList();

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    private static List<RpmBuilder> packages() {
        byte[] text = "the same content\n".repeat(20).getBytes(StandardCharsets.US_ASCII);
        CpioWriter byIndex = new CpioWriter().indexed(0, "Name: demo\n".getBytes(StandardCharsets.US_ASCII));
        byIndex.indexed(1, "--- a\n+++ b\n".getBytes(StandardCharsets.US_ASCII)).trailer();
        return List.of(
                RpmBuilder.demo(),
                RpmBuilder.demo().compressor("none"),
                RpmBuilder.demo().compressor("xz"),
                RpmBuilder.demo().compressor("lzma"),
                RpmBuilder.demo().compressor("zstd"),
                RpmBuilder.demo().compressor("bzip2"),
                RpmBuilder.demo().format3(),
                RpmBuilder.demo().compressor("none").archive(byIndex),
                RpmBuilder.demo()
                        .compressor("none")
                        .link("one", RpmBuilder.REGULAR, 0, text, 9)
                        .link("two", RpmBuilder.REGULAR, 0, text, 9)
                        .item("left-out", RpmBuilder.REGULAR, RpmBuilder.GHOST_FLAG, text),
                RpmBuilder.demo()
                        .signature(h -> h.bin(268, new byte[] {(byte) 0x89, 0, 9, 4, 0, 1, 8, 0, 0, 0, 0, 1})));
    }

    /** The next spoiled package. */
    byte[] next() {
        int which = random.nextInt(packages.size());
        byte[] good = built.get(which);
        return switch (Part.values()[random.nextInt(Part.values().length)]) {
            case WHOLE_FILE -> spoiled(good);
            case SIGNATURE_HEADER -> within(good, 96, mainHeader(good));
            case MAIN_HEADER -> resealed(packages.get(which), good);
            case ARCHIVE -> archive(which);
            case COMPRESSED -> compressed(packages.get(which), good);
        };
    }

    private byte[] archive(int which) {
        boolean cheap = which < 2 || which > 6;
        RpmBuilder builder = Mutations.packages().get(cheap ? which : 1);
        return builder.archive(this::spoiled).build();
    }

    private byte[] resealed(RpmBuilder builder, byte[] good) {
        int main = mainHeader(good);
        int length = headerLength(good, main);
        byte[] header = sameLength(spoiled(Arrays.copyOfRange(good, main, main + length)), length);
        return builder.seal(concat(header, Arrays.copyOfRange(good, main + length, good.length)), length);
    }

    private byte[] compressed(RpmBuilder builder, byte[] good) {
        int main = mainHeader(good);
        int length = headerLength(good, main);
        byte[] header = Arrays.copyOfRange(good, main, main + length);
        byte[] payload = spoiled(Arrays.copyOfRange(good, main + length, good.length));
        return builder.seal(concat(header, payload), length);
    }

    private byte[] within(byte[] good, int from, int to) {
        byte[] middle = spoiled(Arrays.copyOfRange(good, from, to));
        return concat(Arrays.copyOf(good, from), middle, Arrays.copyOfRange(good, to, good.length));
    }

    private byte[] spoiled(byte[] good) {
        byte[] bytes = good.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 8; times--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length - 4);
        int length = Math.min(1 + random.nextInt(40), bytes.length - at);
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
        switch (random.nextInt(11)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> ByteBuffer.wrap(bytes).putInt(at, EDGES[random.nextInt(EDGES.length)]);
            case 3 -> ByteBuffer.wrap(bytes).putInt(at & ~3, EDGES[random.nextInt(EDGES.length)]);
            case 4 -> ByteBuffer.wrap(bytes).putInt(at & ~3, random.nextInt());
            case 5 -> {
                return head; // cut short
            }
            case 6 -> {
                return concat(head, Arrays.copyOfRange(bytes, at + length, bytes.length)); // taken out
            }
            case 7 -> {
                return concat(head, piece, piece, Arrays.copyOfRange(bytes, at + length, bytes.length)); // twice
            }
            case 8 -> {
                int to = random.nextInt(bytes.length - length + 1);
                System.arraycopy(piece, 0, bytes, to, length); // copied elsewhere
            }
            case 9 -> {
                byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.ISO_8859_1);
                System.arraycopy(word, 0, bytes, at, Math.min(word.length, bytes.length - at));
            }
            default -> {
                byte[] other = built.get(random.nextInt(built.size()));
                int from = random.nextInt(other.length - 4);
                int count = Math.min(length, Math.min(other.length - from, bytes.length - at));
                System.arraycopy(other, from, bytes, at, count); // a piece of another package
            }
        }
        return bytes;
    }

    private static byte[] sameLength(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static int mainHeader(byte[] rpm) {
        int end = 96 + headerLength(rpm, 96);
        return end + (8 - end % 8) % 8;
    }

    private static int headerLength(byte[] rpm, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(rpm);
        return 16 + 16 * bytes.getInt(at + 8) + bytes.getInt(at + 12);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
