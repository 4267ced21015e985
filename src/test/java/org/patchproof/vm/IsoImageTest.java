package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Read back by the standard, not by the writer's own words; DiskGuestIT has a real cloud-init read one. */
class IsoImageTest {
    private static final int SECTOR = 2048;

    @Test
    void whatWasWrittenIsReadBackWithItsLabel() {
        Map<String, byte[]> files =
                Map.of("user-data", bytes("u".repeat(5000)), "meta-data", bytes("m"), "empty", bytes(""));
        byte[] image = IsoImage.of("cidata", files);
        assertThat(image.length % SECTOR).isZero();
        assertThat(text(image, 16 * SECTOR + 40, 32).strip()).isEqualTo("cidata");
        assertThat(read(image))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "user-data", "u".repeat(5000),
                        "meta-data", "m",
                        "empty", ""));
    }

    @Test
    void theSameFilesMakeTheSameBytes() {
        Map<String, byte[]> files = Map.of("a", bytes("1"), "b", bytes("2"));
        Map<String, byte[]> otherOrder = new LinkedHashMap<>();
        otherOrder.put("b", bytes("2"));
        otherOrder.put("a", bytes("1"));
        assertThat(IsoImage.of("x", otherOrder)).isEqualTo(IsoImage.of("x", files));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> IsoImage.of("x", Map.of("../a", bytes("")))).hasMessageContaining("not a file");
        assertThatThrownBy(() -> IsoImage.of("x".repeat(33), Map.of())).hasMessageContaining("longer than 32");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            many.put("file-" + i, bytes("x"));
        }
        assertThatThrownBy(() -> IsoImage.of("x", many)).hasMessageContaining("too many files");
    }

    /** The root folder's records, from where the primary descriptor says it is. */
    private static Map<String, String> read(byte[] image) {
        ByteBuffer iso = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int root = 16 * SECTOR + 156;
        int at = iso.getInt(root + 2) * SECTOR;
        int end = at + iso.getInt(root + 10);
        Map<String, String> files = new LinkedHashMap<>();
        while (at < end && iso.get(at) != 0) {
            String name = text(image, at + 33, iso.get(at + 32));
            if (iso.get(at + 25) == 0) {
                assertThat(name).endsWith(";1");
                files.put(
                        name.substring(0, name.length() - 2),
                        text(image, iso.getInt(at + 2) * SECTOR, iso.getInt(at + 10)));
            }
            at += iso.get(at);
        }
        return files;
    }

    private static String text(byte[] image, int at, int length) {
        return new String(image, at, length, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
