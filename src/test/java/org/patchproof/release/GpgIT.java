package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.testing.ThrowAwayKey;

/** What the real gpg says of keys that have ended: it takes their signatures for valid, we do not. */
class GpgIT {
    @TempDir
    Path dir;

    @Test
    void aRevokedKeyVerifiesNothing() throws Exception {
        try (ThrowAwayKey key = new ThrowAwayKey(dir, "Vendor <vendor@example.org>")) {
            Path certificate = key.home().resolve("openpgp-revocs.d/" + key.fingerprint() + ".rev");
            // gpg puts a colon before the armour, so that nobody imports it by mistake.
            Path revocation = Files.writeString(
                    dir.resolve("revocation"), Files.readString(certificate).replace(":-----BEGIN", "-----BEGIN"));
            worthless(key, () -> key.gpg("--import", revocation.toString()), "is revoked");
        }
    }

    @Test
    void anExpiredKeyVerifiesNothing() throws Exception {
        try (ThrowAwayKey key = new ThrowAwayKey(dir, "Vendor <vendor@example.org>")) {
            worthless(
                    key,
                    () -> {
                        key.gpg(
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase-file",
                                key.passphraseFile().toString(),
                                "--quick-set-expire",
                                key.fingerprint(),
                                "seconds=1");
                        Thread.sleep(2500);
                    },
                    "is expired");
        }
    }

    private interface End {
        void come() throws Exception;
    }

    private void worthless(ThrowAwayKey key, End end, String words) throws Exception {
        Gpg gpg = new Gpg(key.runner(), Optional.of(key.passphraseFile()));
        SigningKey signer = gpg.find(key.fingerprint());
        Path file = Files.writeString(dir.resolve("papers"), "what was signed");
        Path signature = dir.resolve("papers.sig");
        gpg.sign(signer, file, signature);
        Path good = dir.resolve("good.asc");
        gpg.exportPublic(signer, good);
        assertThat(gpg.verify(file, signature, good, gpg.read(good))).isTrue();

        end.come();
        Path ended = dir.resolve("ended.asc");
        gpg.exportPublic(signer, ended);
        assertThat(gpg.verify(file, signature, ended, signer)).isFalse();
        assertThatThrownBy(() -> gpg.read(ended))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(words);
    }
}
