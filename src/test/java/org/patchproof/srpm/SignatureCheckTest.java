package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.testing.FakeRunner;

/** What rpmkeys says, and what follows from it. */
class SignatureCheckTest {
    private static final String DIGESTS = "    Header SHA256 digest: OK\n    MD5 digest: OK\n";
    private static final String GOOD = "    Header V4 RSA/SHA512 Signature, key ID 75831040: OK\n";

    @TempDir
    Path dir;

    private Path key;
    private Path rpm;

    @BeforeEach
    void makeFiles() throws IOException {
        key = Files.writeString(dir.resolve("key.asc"), "-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
        rpm = Files.writeString(dir.resolve("x.src.rpm"), "an rpm");
    }

    /** rpmkeys with an answer for --import and one for -Kv; what is asked is remembered. */
    private static final class FakeKeys implements CommandRunner {
        private final FakeRunner runner = new FakeRunner();
        private final int imported;
        private final int checked;
        private final String said;

        private FakeKeys(int imported, int checked, String said) {
            this.imported = imported;
            this.checked = checked;
            this.said = said;
        }

        @Override
        public CommandResult run(Command command, java.util.function.Consumer<String> lines) {
            String verb = command.argv().get(3);
            runner.answer("rpmkeys", verb.equals("-Kv") ? checked : imported, said);
            return runner.run(command, lines);
        }

        @Override
        public RunningCommand start(Command command) {
            return runner.start(command);
        }
    }

    @Test
    void goodSignaturesAreNamed() throws IOException {
        FakeKeys keys = new FakeKeys(0, 0, rpm + ":\n" + GOOD + DIGESTS);
        SignatureCheck.Signed signed = new SignatureCheck(keys).verify(rpm, key);
        assertThat(signed.signatures()).containsExactly("Header V4 RSA/SHA512 Signature, key ID 75831040");
        assertThat(signed.sha256()).isEqualTo(FileDigest.sha256(rpm));
        assertThat(keys.runner.asked()).hasSize(2);
        String keyring = keys.runner.asked().get(0).argv().get(2);
        assertThat(keys.runner.asked()).allSatisfy(c -> {
            assertThat(c.argv()).startsWith("rpmkeys", "--dbpath", keyring);
            assertThat(c.environment()).containsEntry("LC_ALL", "C").containsEntry("HOME", keyring);
        });
        assertThat(Path.of(keyring)).doesNotExist();
    }

    @Test
    void rpm6SaysItInOtherWords() throws IOException {
        String line = "Header OpenPGP V4 RSA/SHA256 signature, key fingerprint: 7f9c4d20e1b35a68";
        FakeKeys keys = new FakeKeys(0, 0, rpm + ":\n    " + line + ": OK\n    Header SHA256 digest: OK\n");
        assertThat(new SignatureCheck(keys).verify(rpm, key).signatures()).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | | it is not signed",
                "0 | OpenPGP V4 RSA/SHA256 signature, key fingerprint: 7f9c4d20: BAD | its signature is bad",
                "1 | Header V4 RSA/SHA512 Signature, key ID 75831040: NOKEY | signed by another key than that of",
                "1 | Header V4 RSA/SHA512 Signature, key ID 75831040: BAD | its signature is bad",
                "0 | V4 RSA/SHA512 Signature, key ID 75831040: BAD | its signature is bad",
                "0 | Header OpenPGP V4 EdDSA/SHA512 Signature, key fingerprint: abcd: NOTTRUSTED | its signature is bad",
                "1 | Header SHA256 digest: BAD | its signature is bad"
            })
    void whatIsNotGoodIsRefused(int exit, String line, String message) {
        String said = rpm + ":\n" + (line == null ? "" : "    " + line + "\n") + DIGESTS;
        assertThatThrownBy(() -> new SignatureCheck(new FakeKeys(0, exit, said)).verify(rpm, key))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining(message);
    }

    /** rpmkeys reads a copy of ours, with the digest that is told, whatever becomes of the file meanwhile. */
    @Test
    void whatRpmkeysSeesIsWhatTheDigestIsOf() throws IOException {
        List<String> seen = new ArrayList<>();
        FakeRunner runner = new FakeRunner().answer("rpmkeys", 0, GOOD);
        runner.on("rpmkeys", () -> {
            Command asked = runner.asked().get(runner.asked().size() - 1);
            if (asked.argv().get(3).equals("-Kv")) {
                seen.add(read(Path.of(asked.argv().get(4))));
                write(rpm, "another rpm");
            }
        });
        SignatureCheck.Signed signed = new SignatureCheck(runner).verify(rpm, key);
        assertThat(seen).containsExactly("an rpm");
        assertThat(signed.sha256()).isEqualTo(FileDigest.sha256("an rpm".getBytes(StandardCharsets.UTF_8)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneGoodSignatureDoesNotExcuseABadOne() {
        String said = GOOD + "    V4 RSA/SHA512 Signature, key ID 00000001: NOKEY\n";
        assertThatThrownBy(() -> new SignatureCheck(new FakeKeys(0, 1, said)).verify(rpm, key))
                .hasMessageContaining("key ID 00000001: NOKEY");
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        FakeKeys keys = new FakeKeys(1, 0, "error: key.asc: import read failed(0).");
        assertThatThrownBy(() -> new SignatureCheck(keys).verify(rpm, key))
                .hasMessageContaining("key.asc: rpmkeys does not take it for a key: error: ");
        Files.writeString(key, "no key");
        assertThatThrownBy(() -> new SignatureCheck(keys).verify(rpm, key)).hasMessageContaining("holds no public key");
    }

    @Test
    void withoutRpmkeysItIsOurTrouble() {
        assertThatThrownBy(() -> new SignatureCheck(new FakeRunner()).verify(rpm, key))
                .isInstanceOf(CommandException.class);
    }
}
