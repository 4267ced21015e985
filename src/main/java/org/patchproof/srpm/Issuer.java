package org.patchproof.srpm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Finds the key id in an OpenPGP signature packet (RFC 4880 5.2, RFC 9580 5.2). Nothing depends on
 * it but a line for the reader, so what cannot be parsed has no key id and is no error.
 */
final class Issuer {
    private static final int ISSUER_KEY_ID = 16;
    private static final int ISSUER_FINGERPRINT = 33;

    private Issuer() {}

    static Optional<String> keyId(ByteBuffer packet) {
        try {
            return parse(packet.slice());
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> parse(ByteBuffer packet) {
        if (PacketHead.read(packet).tag() != PacketHead.SIGNATURE) {
            return Optional.empty();
        }
        int version = octet(packet);
        if (version == 3) {
            skip(packet, 1 + 1 + 4); // length of what is hashed, type, time
            return Optional.of(hex(packet, 8));
        }
        skip(packet, 3); // type, key algorithm, hash algorithm
        Optional<String> hashed = inSubpackets(area(packet, version));
        return hashed.isPresent() ? hashed : inSubpackets(area(packet, version));
    }

    private static ByteBuffer area(ByteBuffer packet, int version) {
        int length = version >= 6 ? packet.getInt() : Short.toUnsignedInt(packet.getShort());
        ByteBuffer area = packet.slice().limit(length);
        skip(packet, length);
        return area;
    }

    private static Optional<String> inSubpackets(ByteBuffer area) {
        Optional<String> found = Optional.empty();
        while (area.hasRemaining()) {
            int length = octet(area);
            if (length == 255) {
                length = area.getInt();
            } else if (length >= 192) {
                length = (length - 192 << 8) + octet(area) + 192;
            }
            ByteBuffer subpacket = area.slice().limit(length);
            skip(area, length);
            int type = octet(subpacket) & 0x7f;
            if (type == ISSUER_KEY_ID) {
                return Optional.of(hex(subpacket, 8));
            }
            if (type == ISSUER_FINGERPRINT) {
                found = Optional.of(fromFingerprint(subpacket));
            }
        }
        return found;
    }

    /** The last 8 bytes of a version 4 fingerprint, the first 8 of a later one. */
    private static String fromFingerprint(ByteBuffer subpacket) {
        if (octet(subpacket) == 4) {
            skip(subpacket, subpacket.remaining() - 8);
        }
        return hex(subpacket, 8);
    }

    private static int octet(ByteBuffer bytes) {
        return bytes.get() & 0xff;
    }

    private static void skip(ByteBuffer bytes, int count) {
        bytes.position(bytes.position() + count);
    }

    private static String hex(ByteBuffer bytes, int count) {
        byte[] value = new byte[count];
        bytes.get(value);
        return HexFormat.of().formatHex(value);
    }
}
