package org.patchproof.vm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/**
 * Two key pairs that live as long as one machine: ours, and the guest's own, which it is given so that we
 * know whom we speak with. They are in memory and on the guest's seed, nowhere else.
 *
 * <p>RSA, as the oldest guests (CentOS 7: OpenSSH 7.4, cloud-init 0.7.9) and the newest all take it, and
 * Java makes it without another library; signed by SHA-2, which OpenSSH has known since 7.2.
 *
 * @param client what we log in with
 * @param host what the guest shows
 */
record SshKeys(KeyPair client, KeyPair host) {
    private static final int BITS = 3072;

    /** Two new pairs. */
    static SshKeys fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SshKeys(generator.generateKeyPair(), generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has RSA", e);
        }
    }

    /** A public key as {@code authorized_keys} and {@code ssh_host_rsa_key.pub} have it: one line. */
    static String line(KeyPair pair) {
        return PublicKeyEntry.toString(pair.getPublic()) + " patchproof";
    }

    /** A private key as sshd reads it: lines, the last one ended. */
    static String text(KeyPair pair) throws IOException {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "patchproof", null, out);
            return out.toString(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IOException("a key could not be written", e);
        }
    }
}
