package org.patchproof.testing;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * Writes small RPM files in any shape, hostile ones too, without any tool. Digests are made last, so
 * that a hostile package is a consistent one, as its author would make it.
 */
public final class RpmBuilder {
    public static final int REGULAR = 0100644;
    public static final int SPEC_FLAG = 32;
    public static final int GHOST_FLAG = 64;
    public static final long TIME = 1_700_000_000L;

    /** A file of the header's list. */
    public static final class Item {
        private final String path;
        private final int mode;
        private final int flags;
        private final byte[] content;
        private final long inode;

        private Item(String path, int mode, int flags, byte[] content, long inode) {
            this.path = path;
            this.mode = mode;
            this.flags = flags;
            this.content = content.clone();
            this.inode = inode;
        }
    }

    private final boolean source;
    private final List<Item> items = new ArrayList<>();
    private String compressor = "gzip";
    private boolean region = true;
    private boolean md5FileDigests;
    private long archiveSize;
    private UnaryOperator<byte[]> archive = bytes -> bytes;
    private UnaryOperator<byte[]> packed = bytes -> bytes;
    private Consumer<HeaderWriter> main = header -> {};
    private Consumer<HeaderWriter> signature = header -> {};

    private RpmBuilder(boolean source) {
        this.source = source;
    }

    /** An empty source package demo-1.0-1. */
    public static RpmBuilder source() {
        return new RpmBuilder(true);
    }

    /** An empty binary package demo-1.0-1.x86_64. */
    public static RpmBuilder binary() {
        return new RpmBuilder(false);
    }

    /** A source package with a spec file and a patch. */
    public static RpmBuilder demo() {
        return source().spec("demo.spec", "Name: demo\n").file("fix.patch", "--- a\n+++ b\n");
    }

    public RpmBuilder spec(String name, String content) {
        return item(name, REGULAR, SPEC_FLAG, content.getBytes(StandardCharsets.UTF_8));
    }

    public RpmBuilder file(String path, String content) {
        return item(path, REGULAR, 0, content.getBytes(StandardCharsets.UTF_8));
    }

    public RpmBuilder item(String path, int mode, int flags, byte[] content) {
        return link(path, mode, flags, content, items.size() + 1);
    }

    /** A file with an inode of choice: files with the same one are hard links. */
    public RpmBuilder link(String path, int mode, int flags, byte[] content, long inode) {
        items.add(new Item(path, mode, flags, content, inode));
        return this;
    }

    /** gzip, xz, lzma, zstd, bzip2 or none. */
    public RpmBuilder compressor(String name) {
        compressor = name;
        return this;
    }

    /** As rpm 3 wrote: no regions, whole paths, MD5 only. */
    public RpmBuilder format3() {
        region = false;
        md5FileDigests = true;
        return main(h -> {
                    for (int tag : new int[] {1116, 1117, 1118, 5011, 5092, 5093, 5097, 1106}) {
                        h.without(tag);
                    }
                    h.strings(1027, items.stream().map(i -> i.path).toList());
                })
                .signature(h -> h.without(269).without(273));
    }

    /** Replaces the cpio archive. */
    public RpmBuilder archive(CpioWriter replacement) {
        return archive(old -> replacement.bytes());
    }

    /** Alters the cpio archive before it is compressed. */
    public RpmBuilder archive(UnaryOperator<byte[]> change) {
        archive = change;
        return this;
    }

    /** Alters the compressed payload before digests are made. */
    public RpmBuilder packed(UnaryOperator<byte[]> change) {
        packed = change;
        return this;
    }

    /** Alters the main header before digests are made. */
    public RpmBuilder main(Consumer<HeaderWriter> change) {
        main = main.andThen(change);
        return this;
    }

    /** Alters the signature header. */
    public RpmBuilder signature(Consumer<HeaderWriter> change) {
        signature = signature.andThen(change);
        return this;
    }

    public Path write(Path file) {
        try {
            return Files.write(file, build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] build() {
        byte[] plain = archive.apply(defaultArchive());
        byte[] payload = packed.apply(compress(plain));
        byte[] header = mainHeader(plain, payload).bytes(region ? 63 : 0);
        archiveSize = plain.length;
        return seal(concat(header, payload), header.length);
    }

    /** Puts lead and signature header before a main header, of {@code headerLength} bytes, and its payload. */
    public byte[] seal(byte[] both, int headerLength) {
        byte[] header = Arrays.copyOf(both, headerLength);
        HeaderWriter sig = new HeaderWriter()
                .string(269, hex("SHA-1", header))
                .string(273, hex("SHA-256", header))
                .int32s(1000, List.of((long) both.length))
                .bin(1004, digest("MD5", both))
                .int32s(1007, List.of(archiveSize));
        signature.accept(sig);
        byte[] signed = sig.bytes(region ? 62 : 0);
        byte[] padding = new byte[(8 - signed.length % 8) % 8];
        return concat(lead(), signed, padding, both);
    }

    private byte[] lead() {
        ByteBuffer lead = ByteBuffer.allocate(96);
        lead.putInt(0xedabeedb).put((byte) 3).put((byte) 0).putShort((short) (source ? 1 : 0));
        lead.putShort((short) 1).put("demo-1.0-1".getBytes(StandardCharsets.UTF_8));
        lead.putShort(76, (short) 1).putShort(78, (short) 5);
        return lead.array();
    }

    private HeaderWriter mainHeader(byte[] plain, byte[] payload) {
        HeaderWriter header = new HeaderWriter()
                .string(1000, "demo")
                .string(1001, "1.0")
                .string(1002, "1")
                .string(1022, "x86_64")
                .string(1124, "cpio")
                .strings(5092, List.of(hex("SHA-256", payload)))
                .int32s(5093, List.of(8L))
                .strings(5097, List.of(hex("SHA-256", plain)));
        if (!compressor.equals("none")) {
            header.string(1125, compressor);
        }
        if (source) {
            header.int32s(1106, List.of(1L));
        } else {
            header.string(1044, "demo-1.0-1.src.rpm");
        }
        if (!items.isEmpty()) {
            files(header);
        }
        main.accept(header);
        return header;
    }

    private void files(HeaderWriter header) {
        List<String> directories = new ArrayList<>(
                new TreeSet<>(items.stream().map(i -> directory(i.path)).toList()));
        header.strings(1117, items.stream().map(i -> base(i.path)).toList())
                .strings(1118, directories)
                .int32s(
                        1116,
                        items.stream()
                                .map(i -> (long) directories.indexOf(directory(i.path)))
                                .toList())
                .int32s(1028, items.stream().map(i -> (long) i.content.length).toList())
                .int16s(1030, items.stream().map(i -> i.mode).toList())
                .int32s(1034, items.stream().map(i -> TIME).toList())
                .strings(1035, items.stream().map(this::fileDigest).toList())
                .strings(
                        1036,
                        items.stream()
                                .map(i -> is(i, 0120000) ? new String(i.content, StandardCharsets.UTF_8) : "")
                                .toList())
                .int32s(1037, items.stream().map(i -> (long) i.flags).toList())
                .int32s(1096, items.stream().map(i -> i.inode).toList())
                .int32s(5011, List.of(8L));
    }

    private String fileDigest(Item item) {
        return is(item, 0100000) ? hex(md5FileDigests ? "MD5" : "SHA-256", item.content) : "";
    }

    private static boolean is(Item item, int type) {
        return (item.mode & 0170000) == type;
    }

    /** In a source package a slash in a name is hostile and is not taken for a directory. */
    private String directory(String path) {
        return source ? "" : path.substring(0, path.lastIndexOf('/') + 1);
    }

    private String base(String path) {
        return source ? path : path.substring(path.lastIndexOf('/') + 1);
    }

    private byte[] defaultArchive() {
        CpioWriter cpio = new CpioWriter();
        for (Item item : items) {
            if ((item.flags & GHOST_FLAG) == 0) {
                cpio.named((source ? "" : ".") + item.path, item.mode, item.content);
            }
        }
        return cpio.trailer().bytes();
    }

    private byte[] compress(byte[] plain) {
        if (compressor.equals("zstd")) {
            return Zstd.compress(plain);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressorStream(bytes, plain.length)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private OutputStream compressorStream(OutputStream bytes, int length) throws IOException {
        return switch (compressor) {
            case "gzip" -> new GZIPOutputStream(bytes);
            case "xz" -> new XZOutputStream(bytes, new LZMA2Options(1));
            case "lzma" -> new LZMAOutputStream(bytes, new LZMA2Options(1), length);
            case "bzip2" -> new BZip2CompressorOutputStream(bytes);
            default -> bytes;
        };
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A digest in hexadecimal digits. */
    public static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(digest(algorithm, bytes));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
