package org.patchproof.srpm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a file of public keys holds one that its owner revoked. rpm 4 takes the signatures of such a key
 * for good. What cannot be parsed is left to rpm, which takes no such thing for a key (RFC 4880 4.2, 5.2.1, 6.2).
 */
final class KeyRevocation {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\\R(?:[^\\r\\n]+: [^\\r\\n]*\\R)*\\s*+([A-Za-z0-9+/=\\s]*)");
    private static final Pattern CHECKSUM = Pattern.compile("\\n=[A-Za-z0-9+/]{4}\\s*$");
    private static final int SIGNATURE_PACKET = 2;
    private static final int OF_THE_KEY = 0x20;
    private static final int OLD_VERSION = 3;

    private KeyRevocation() {}

    /** Whether a key in {@code file}, in its armour, carries its revocation. */
    static boolean isIn(String file) {
        Matcher block = BLOCK.matcher(file);
        while (block.find()) {
            String text = CHECKSUM.matcher(block.group(1).stripTrailing()).replaceFirst("");
            try {
                if (isIn(ByteBuffer.wrap(Base64.getMimeDecoder().decode(text)))) {
                    return true;
                }
            } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
                // no key: rpm says so
            }
        }
        return false;
    }

    private static boolean isIn(ByteBuffer packets) {
        while (packets.hasRemaining()) {
            int head = packets.get() & 0xff;
            boolean modern = (head & 0x40) != 0;
            int tag = modern ? head & 0x3f : head >> 2 & 0x0f;
            int length = modern ? modernLength(packets) : oldLength(packets, head & 3);
            ByteBuffer body = packets.slice(packets.position(), length);
            packets.position(packets.position() + length);
            if (tag == SIGNATURE_PACKET && type(body) == OF_THE_KEY) {
                return true;
            }
        }
        return false;
    }

    private static int type(ByteBuffer signature) {
        return signature.get(signature.get(0) == OLD_VERSION ? 2 : 1) & 0xff;
    }

    private static int oldLength(ByteBuffer packets, int octets) {
        return switch (octets) {
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
        return first < 224 ? (first - 192 << 8) + (packets.get() & 0xff) + 192 : packets.getInt();
    }
}
