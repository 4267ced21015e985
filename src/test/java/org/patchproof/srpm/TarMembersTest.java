package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;

/** On what the real tar writes. */
class TarMembersTest {
    @TempDir
    Path dir;

    private void sh(String command) {
        new LeashedRunner().run(Command.of("bash", "-ec", command).in(dir)).orThrow();
    }

    private List<String> members(boolean read) throws IOException {
        List<String> seen = new ArrayList<>();
        TarMembers.each(dir.resolve("t.tar"), (name, regular, content) -> {
            String text = read && regular ? new String(content.readAllBytes(), StandardCharsets.UTF_8) : "";
            seen.add(name + (regular ? "" : "!") + (text.isEmpty() ? "" : "=" + text));
        });
        return seen;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar"})
    void membersAndTheirContents(String format) throws IOException {
        String longName = "n".repeat(90) + "/" + "m".repeat(90);
        sh("mkdir -p p " + "n".repeat(90)
                + "; echo -n one > p/a; echo -n two > p/b; ln -s a p/c; ln p/a p/d; echo -n l > " + longName
                + "; tar --format=" + format + " --sort=name -cf t.tar ./p " + longName);
        assertThat(members(true)).containsExactly("p/!", "p/a=one", "p/b=two", "p/c!", "p/d!", longName + "=l");
        assertThat(members(false)).hasSize(6);
    }

    @Test
    void packedOnes() throws IOException {
        sh("echo -n one > a; tar -cjf t.tar a");
        assertThat(members(true)).containsExactly("a=one");
    }

    @Test
    void aSparseOneIsRefused() {
        sh("truncate -s 1M a; echo x >> a; tar -S -cf t.tar a");
        assertThatThrownBy(() -> members(true)).isInstanceOf(IOException.class).hasMessageContaining("sparse");
    }

    @Test
    void damageIsSaid() throws IOException {
        sh("seq 100000 > a; tar -cf t.tar a a");
        byte[] bytes = Files.readAllBytes(dir.resolve("t.tar"));
        Files.write(dir.resolve("t.tar"), Arrays.copyOf(bytes, bytes.length / 4));
        assertThatThrownBy(() -> members(false)).isInstanceOf(IOException.class);
        bytes[150] = 'x';
        Files.write(dir.resolve("t.tar"), bytes);
        assertThatThrownBy(() -> members(false)).isInstanceOf(IOException.class);
    }

    /** GNU's header for a long name, whose size is the name's. */
    @Test
    void aNameWithoutAnEndFillsNoMemory() throws IOException {
        sh("mkdir -p " + "n".repeat(90) + "; touch " + "n".repeat(90) + "/" + "m".repeat(90)
                + "; tar --format=gnu -cf t.tar " + "n".repeat(90) + "/" + "m".repeat(90));
        byte[] bytes = Files.readAllBytes(dir.resolve("t.tar"));
        assertThat((char) bytes[156]).isEqualTo('L');
        System.arraycopy("77777777777\0".getBytes(StandardCharsets.US_ASCII), 0, bytes, 124, 12);
        Arrays.fill(bytes, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += bytes[i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, bytes, 148, 8);
        byte[] more = Arrays.copyOf(bytes, 8 << 20);
        Files.write(dir.resolve("t.tar"), more);
        assertThatThrownBy(() -> members(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("whose head has no end");
    }
}
