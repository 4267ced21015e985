package org.patchproof.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes cpio archives as they are in RPM files, well-formed or not. */
public final class CpioWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A file by its name ({@code 070701}). */
    public CpioWriter named(String name, int mode, byte[] content) {
        return header(name, mode, content.length).raw(content);
    }

    /** The header of a file of any size, without its content. */
    public CpioWriter header(String name, int mode, long size) {
        byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
        align();
        StringBuilder fields = new StringBuilder("070701");
        for (long field : new long[] {1, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, text.length, 0}) {
            fields.append(String.format("%08x", field));
        }
        raw(fields.toString().getBytes(StandardCharsets.US_ASCII));
        raw(text);
        return align();
    }

    /** A file by its place in the header's list ({@code 07070X}). */
    public CpioWriter indexed(long index, byte[] content) {
        align();
        raw(String.format("07070X%08x", index).getBytes(StandardCharsets.US_ASCII));
        return align().raw(content);
    }

    /** The mark of the end. */
    public CpioWriter trailer() {
        return header("TRAILER!!!", 0, 0);
    }

    public CpioWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private CpioWriter align() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
