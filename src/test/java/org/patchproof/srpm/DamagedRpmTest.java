package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.testing.RpmBuilder;

/** Bad copies: cut short anywhere, altered anywhere. */
class DamagedRpmTest {
    private static final int SIGNATURE = 96;
    private static final int SIGNATURE_INDEX_END = SIGNATURE + 16 + 6 * 16;

    @TempDir
    Path temp;

    @Test
    void aFileThatIsCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = RpmBuilder.demo().build();
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SourceUnpacker.unpack(file, temp.resolve("top")))
                    .as("cut at byte %d", length)
                    .isInstanceOf(RpmFormatException.class);
            assertThatThrownBy(() -> RpmFile.read(file))
                    .as("cut at byte %d", length)
                    .isInstanceOf(RpmFormatException.class);
        }
        assertThat(temp.toFile().list()).as("what is left").containsExactly("damaged.rpm");
    }

    @Test
    void aFileThatIsCutShortIsCalledSo() throws IOException {
        byte[] whole = RpmBuilder.demo().build();
        Path file = write(Arrays.copyOf(whole, whole.length - 7));

        assertThatThrownBy(() -> RpmFile.read(file))
                .hasMessageContaining("at byte " + (whole.length - 7))
                .hasMessageContaining("cut short: 7 bytes are missing at its end")
                .hasMessageContaining("compare its sha256");
    }

    @Test
    void evenWhereNoSizeIsStated() throws IOException {
        byte[] whole = RpmBuilder.demo().signature(h -> h.without(1000)).build();
        for (int length = whole.length - 60; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SourceUnpacker.unpack(file, temp.resolve("top")))
                    .isInstanceOf(RpmFormatException.class);
        }
    }

    @Test
    void anAlteredBitIsFoundOrHarmless() throws IOException {
        byte[] whole = RpmBuilder.demo().build();
        Map<String, String> good = unpack(whole).orElseThrow();
        for (int at = 0; at < whole.length; at++) {
            boolean inIndex = at >= SIGNATURE && at < SIGNATURE_INDEX_END; // each bit there means something else
            for (int bit = inIndex ? 0 : at % 8; bit <= (inIndex ? 7 : at % 8); bit++) {
                Optional<Map<String, String>> files = unpack(altered(whole, at, bit));
                if (files.isPresent()) {
                    assertThat(files.get()).as("bit %d of byte %d", bit, at).isEqualTo(good);
                    assertThat(at).as("a byte that no digest covers").isLessThan(mainHeader(whole));
                }
            }
        }
    }

    private static int mainHeader(byte[] rpm) {
        ByteBuffer bytes = ByteBuffer.wrap(rpm);
        int end = SIGNATURE + 16 + 16 * bytes.getInt(SIGNATURE + 8) + bytes.getInt(SIGNATURE + 12);
        return end + (8 - end % 8) % 8;
    }

    private static byte[] altered(byte[] whole, int at, int bit) {
        byte[] copy = whole.clone();
        copy[at] ^= (byte) (1 << bit);
        return copy;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "lzma", "zstd", "bzip2", "none"})
    void noDecompressorDiesOfDamageThatNoDigestOfThePayloadTells(String compressor) throws IOException {
        RpmBuilder builder = RpmBuilder.demo().compressor(compressor);
        Map<String, String> good = unpack(builder.build()).orElseThrow();
        for (int i = 0; i < 70; i++) {
            int at = 3 * i;
            byte[] altered = builder.packed(payload -> altered(payload, at % payload.length, at % 8))
                    .build();
            Optional<Map<String, String>> files = unpack(altered);
            files.ifPresent(found -> assertThat(found).as("byte %d", at).isEqualTo(good));
        }
    }

    /** What was unpacked; empty when the package was refused. */
    private Optional<Map<String, String>> unpack(byte[] rpm) throws IOException {
        Path file = write(rpm);
        Path top = temp.resolve("top");
        try {
            SourceUnpacker.unpack(file, top);
            return Optional.of(Trees.snapshot(top));
        } catch (RpmFormatException e) {
            assertThat(temp.toFile().list()).as("what is left").containsExactly("damaged.rpm");
            return Optional.empty();
        } finally {
            Trees.remove(top);
        }
    }

    private Path write(byte[] rpm) throws IOException {
        return Files.write(temp.resolve("damaged.rpm"), rpm);
    }
}
