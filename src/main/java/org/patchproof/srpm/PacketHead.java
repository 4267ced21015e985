package org.patchproof.srpm;

import java.nio.ByteBuffer;

/**
 * The beginning of an OpenPGP packet (RFC 4880 4.2). Partial lengths, which neither keys nor their signatures have, are
 * not understood.
 *
 * @param tag what it is
 * @param length of its body in bytes, as it says
 */
record PacketHead(int tag, int length) {
    static final int SIGNATURE = 2;

    /**
     * Reads it; its body comes next.
     *
     * @throws IllegalArgumentException when no packet begins there
     * @throws java.nio.BufferUnderflowException when it is cut off
     */
    static PacketHead read(ByteBuffer packets) {
        int head = packets.get() & 0xff;
        if ((head & 0x80) == 0) {
            throw new IllegalArgumentException("no packet");
        }
        return (head & 0x40) != 0
                ? new PacketHead(head & 0x3f, modernLength(packets))
                : new PacketHead(head >> 2 & 0x0f, oldLength(packets, head & 3));
    }

    private static int oldLength(ByteBuffer packets, int form) {
        return switch (form) {
            case 0 -> packets.get() & 0xff;
            case 1 -> Short.toUnsignedInt(packets.getShort());
            case 2 -> packets.getInt();
            default -> packets.remaining();
        };
    }

    private static int modernLength(ByteBuffer packets) {
        int first = packets.get() & 0xff;
        if (first < 192) {
            return first;
        }
        return first < 255 ? (first - 192 << 8) + (packets.get() & 0xff) + 192 : packets.getInt();
    }
}
