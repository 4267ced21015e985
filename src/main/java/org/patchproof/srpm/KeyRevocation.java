package org.patchproof.srpm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a file of public keys holds one that its owner revoked. rpm 4 takes the signatures of such a key
 * for good. What cannot be parsed is left to rpm, which takes no such thing for a key (RFC 4880 5.2.1, 6.2).
 */
final class KeyRevocation {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\\R(?:[^\\r\\n]+: [^\\r\\n]*\\R)*\\s*+([A-Za-z0-9+/=\\s]*)");
    private static final Pattern CHECKSUM = Pattern.compile("\\n=[A-Za-z0-9+/]{4}\\s*$");
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
            PacketHead head = PacketHead.read(packets);
            ByteBuffer body = packets.slice(packets.position(), head.length());
            packets.position(packets.position() + head.length());
            if (head.tag() == PacketHead.SIGNATURE && type(body) == OF_THE_KEY) {
                return true;
            }
        }
        return false;
    }

    private static int type(ByteBuffer signature) {
        return signature.get(signature.get(0) == OLD_VERSION ? 2 : 1) & 0xff;
    }
}
