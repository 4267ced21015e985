package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceCheckTest {
    private static final String WORD = "ref_leak_test";
    private static final int CHUNK = 4 << 20;

    @TempDir
    Path dir;

    /** At the start, at the end, and across the border of two pieces. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 13, CHUNK - 12, CHUNK - 1, CHUNK, 2 * CHUNK - 64 - 5, 2 * CHUNK + 100})
    void aWordIsFoundWhereverItStands(int at) throws IOException {
        byte[] bytes = new byte[2 * CHUNK + 200];
        Arrays.fill(bytes, (byte) 0xe2);
        byte[] word = WORD.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(word, 0, bytes, at, word.length);
        Path file = Files.write(dir.resolve("vmlinux"), bytes);
        assertThat(TraceCheck.found(file, List.of("another_word", WORD))).containsExactly(WORD);
        bytes[at + 4] ^= 1;
        Files.write(file, bytes);
        assertThat(TraceCheck.found(file, List.of("another_word", WORD))).isEmpty();
    }

    @Test
    void allFilesAreLookedThroughAndNoLinkIsFollowed() throws IOException {
        Files.createDirectories(dir.resolve("tree/net"));
        Files.writeString(dir.resolve("tree/net/route.c"), "int x;\nint " + WORD + ";\n");
        Files.writeString(dir.resolve("tree/System.map"), "ffff T start\n");
        Files.writeString(dir.resolve("outside"), WORD);
        Files.createSymbolicLink(dir.resolve("tree/link"), dir.resolve("outside"));
        TraceCheck.Result result = TraceCheck.look(dir.resolve("tree"), List.of(WORD));
        assertThat(result.files()).isEqualTo(2);
        assertThat(result.hits()).containsExactly("net/route.c: " + WORD);
    }
}
