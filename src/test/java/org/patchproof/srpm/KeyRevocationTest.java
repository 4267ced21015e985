package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files of keys, written packet by packet. */
class KeyRevocationTest {
    private static final byte[] KEY = packet(0x98, 4, 0, 0, 0, 0, 1);
    private static final byte[] NAME = packet(0xb4, 'a');
    private static final byte[] CERTIFICATION = packet(0x88, 4, 0x13, 1, 8);
    private static final byte[] REVOCATION = packet(0x88, 4, 0x20, 1, 8);
    private static final byte[] REVOCATION_OF_A_SUBKEY = packet(0x88, 4, 0x28, 1, 8);
    private static final byte[] MODERN_REVOCATION = packet(0xc2, 6, 0x20, 1, 8);
    private static final byte[] REVOCATION_OF_1998 = packet(0x88, 3, 5, 0x20, 0, 0, 0, 0);

    private static byte[] packet(int head, int... body) {
        byte[] bytes = new byte[2 + body.length];
        bytes[0] = (byte) head;
        bytes[1] = (byte) body.length;
        for (int i = 0; i < body.length; i++) {
            bytes[2 + i] = (byte) body[i];
        }
        return bytes;
    }

    private static String armoured(String headers, byte[]... packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return "-----BEGIN PGP PUBLIC KEY BLOCK-----\n" + headers + "\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(all.toByteArray())
                + "\n=Ab1+\n-----END PGP PUBLIC KEY BLOCK-----\n";
    }

    @Test
    void aRevocationIsFoundWhereverItStands() {
        assertThat(KeyRevocation.isIn(armoured("", KEY, REVOCATION, NAME, CERTIFICATION)))
                .isTrue();
        assertThat(KeyRevocation.isIn(armoured("Version: GnuPG v2\nComment: ours\n", KEY, MODERN_REVOCATION)))
                .isTrue();
        assertThat(KeyRevocation.isIn(armoured("", KEY, REVOCATION_OF_1998))).isTrue();
        assertThat(KeyRevocation.isIn("A key\n" + armoured("", KEY, NAME) + "\n" + armoured("", KEY, REVOCATION)))
                .as("in the second block")
                .isTrue();
        assertThat(KeyRevocation.isIn(armoured("", KEY, REVOCATION).replace("\n", "\r\n")))
                .isTrue();
    }

    @Test
    void otherSignaturesAreNone() {
        assertThat(KeyRevocation.isIn(armoured("", KEY, NAME, CERTIFICATION, REVOCATION_OF_A_SUBKEY)))
                .isFalse();
        assertThat(KeyRevocation.isIn("no key at all")).isFalse();
    }

    @Test
    void whatIsNoKeyIsLeftToRpm() {
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            assertThatCode(() -> KeyRevocation.isIn(armoured("", noise))).doesNotThrowAnyException();
        }
    }
}
