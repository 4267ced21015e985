package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
    @TempDir
    Path dir;

    @Test
    void isToldByItsFirstBytes() throws Exception {
        assertThat(ImageFile.format(file(qcow2 -> qcow2.putInt(0, 0x514649fb).putInt(4, 3))))
                .isEqualTo("qcow2");
        assertThat(ImageFile.format(file(raw -> raw.putShort(510, (short) 0x55aa))))
                .isEqualTo("raw");
    }

    @Test
    void isRefusedWhereItLeansOnAnotherFileOrIsNone() {
        refused(qcow2 -> qcow2.putInt(0, 0x514649fb).putInt(4, 3).putLong(8, 512), "difference to another image");
        refused(qcow2 -> qcow2.putInt(0, 0x514649fb).putInt(4, 3).putLong(72, 4), "keeps its data in another file");
        refused(qcow2 -> qcow2.putInt(0, 0x514649fb).putInt(4, 3).putInt(32, 2), "is encrypted");
        refused(qcow2 -> qcow2.putInt(0, 0x514649fb).putInt(4, 9), "version 9");
        refused(nothing -> {}, "no boot sector");
    }

    private void refused(Consumer<ByteBuffer> head, String words) {
        assertThatThrownBy(() -> ImageFile.format(file(head)))
                .isInstanceOf(GuestUnavailableException.class)
                .hasMessageContaining(words);
    }

    private Path file(Consumer<ByteBuffer> head) throws IOException {
        byte[] bytes = new byte[1024];
        head.accept(ByteBuffer.wrap(bytes));
        return Files.write(dir.resolve("image"), bytes);
    }
}
