package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.testing.FakeRunner;

/** Which files with a passphrase are taken: no tool is run. */
class GpgTest {
    @TempDir
    Path dir;

    @Test
    void aSecretFileIsTakenWhereJenkinsPutsIt() throws Exception {
        Path file = secret("job@2@tmp/secretFiles/6d1f0a52-90b1-4c3e-8f0e-2b7a64c1d9e3/key_1.txt");
        assertThatCode(() -> new Gpg(new FakeRunner(), Optional.of(file))).doesNotThrowAnyException();
    }

    @Test
    void aNameThatRpmOrAShellWouldReadIsRefused() throws Exception {
        for (String name : new String[] {"a b", "a%{b}", "a'b", "a\"b", "a\\b", "a$b", "a;b", "a`b"}) {
            Path file = secret(name);
            assertThatThrownBy(() -> new Gpg(new FakeRunner(), Optional.of(file)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("has a name that tools trip over");
        }
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        Path file = secret("open");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new Gpg(new FakeRunner(), Optional.of(file)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("others than its owner may read");
    }

    private Path secret(String name) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return file;
    }
}
