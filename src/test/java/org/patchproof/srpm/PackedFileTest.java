package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;

/** On what the real compressors write. */
class PackedFileTest {
    private static final byte[] TEXT = "--- a/x\n+++ b/x\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void plain() throws IOException {
        file = Files.write(dir.resolve("some.patch"), TEXT);
    }

    private void pack(String tool) {
        String command = tool + " -c some.patch > packed && mv packed some.patch";
        new LeashedRunner().run(Command.of("bash", "-c", command).in(dir)).orThrow();
    }

    private byte[] read(long limit) throws IOException {
        try (InputStream in = PackedFile.open(file, limit)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "gzip", "bzip2", "zstd", "lzma"})
    void whatCameInComesOutWhateverItsName(String tool) throws IOException {
        pack(tool);
        assertThat(PackedFile.isPacked(file)).isTrue();
        assertThat(read(TEXT.length)).isEqualTo(TEXT);
        assertThatThrownBy(() -> read(TEXT.length - 1)).hasMessage("some.patch has more than 15999 bytes in it");
    }

    @Test
    void whatIsNotPackedComesOutAsItIs() throws IOException {
        assertThat(PackedFile.isPacked(file)).isFalse();
        assertThat(read(1 << 20)).isEqualTo(TEXT);
        Files.write(file, new byte[0]);
        assertThat(read(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "gzip", "bzip2", "zstd", "lzma"})
    void damageIsSaid(String tool) throws IOException {
        pack(tool);
        byte[] packed = Files.readAllBytes(file);
        for (int length : new int[] {7, packed.length / 2, packed.length - 5}) {
            Files.write(file, Arrays.copyOf(packed, length));
            assertThatThrownBy(() -> read(1 << 20))
                    .as("the first " + length + " bytes")
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("some.patch cannot be decompressed: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\003\004", "LZIP", "LRZI", "7z\u00bc\u00af\u0027\u001c", "\u001f\u009d"})
    void whatOnlyRpmUnpacksIsRefusedAndNoPlainText(String start) throws IOException {
        Files.write(file, (start + "and so on").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PackedFile.isPacked(file)).isTrue();
        assertThatThrownBy(() -> read(1 << 20)).hasMessageStartingWith("some.patch cannot be decompressed: none of ");
    }
}
