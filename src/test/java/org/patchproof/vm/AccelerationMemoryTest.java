package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered is what was found here; anything else is looked for again. */
class AccelerationMemoryTest {
    private static final AccelerationChoice FOUND = new AccelerationChoice(Acceleration.KVM, "a Linux spoke under it");

    @TempDir
    Path dir;

    private int probes;

    @Test
    void theProbeIsAskedOnceAndTheReasonSaysSo() throws Exception {
        assertThat(choose("boot 1")).isEqualTo(FOUND);
        AccelerationChoice second = choose("boot 1");
        assertThat(second.acceleration()).isEqualTo(Acceleration.KVM);
        assertThat(second.reason())
                .startsWith("a Linux spoke under it (remembered since this host's boot; remove ")
                .contains(file().toString());
        assertThat(probes).isEqualTo(1);
        assertThat(choose("boot 1").reason()).isEqualTo(second.reason());
    }

    @Test
    void otherCircumstancesAreAnotherQuestion() throws Exception {
        choose("boot 1");
        choose("boot 2");
        assertThat(probes).isEqualTo(2);
    }

    @Test
    void aDamagedMemoryIsNone() throws Exception {
        choose("boot 1");
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThat(memory("boot 1").remembered()).as("byte " + i).isEmpty();
            Files.write(file, java.util.Arrays.copyOf(whole, i));
            assertThat(memory("boot 1").remembered().filter(c -> !c.equals(FOUND)))
                    .as("cut at " + i)
                    .isEmpty();
        }
        Files.write(file, new byte[100_000]);
        assertThat(choose("boot 1")).isEqualTo(FOUND);
        assertThat(memory("boot 1").remembered()).contains(FOUND);
    }

    @Test
    void ofAnotherHostNothingIsTakenOver() throws Exception {
        choose("boot 1");
        Path first = file();
        choose("boot 2");
        try (Stream<Path> files = Files.list(first.getParent())) {
            Path second = files.filter(f -> !f.equals(first)).findFirst().orElseThrow();
            Files.copy(first, second, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(memory("boot 2").remembered()).isEmpty();
    }

    @Test
    void aBootSectorsWordIsNotRemembered() throws Exception {
        for (int i = 0; i < 2; i++) {
            memory("boot 1")
                    .choose(
                            linux -> {
                                probes++;
                                assertThat(linux.kernel()).isEmpty();
                                return new AccelerationChoice(Acceleration.KVM, "a boot sector spoke");
                            },
                            Optional::empty);
        }
        assertThat(probes).isEqualTo(2);
    }

    @Test
    void theFolderDoesNotGrowWithEachBoot() throws Exception {
        for (int boot = 0; boot < 40; boot++) {
            choose("boot " + boot);
        }
        try (Stream<Path> files = Files.list(dir.resolve("acceleration"))) {
            assertThat(files).hasSize(16);
        }
    }

    @Test
    void ofThisHostItHasCircumstances() throws Exception {
        AccelerationMemory here = AccelerationMemory.of(dir);
        here.choose(linux -> FOUND, Optional::empty);
        assertThat(AccelerationMemory.of(dir).remembered()).contains(FOUND);
    }

    private AccelerationChoice choose(String circumstances) throws Exception {
        return memory(circumstances)
                .choose(
                        linux -> {
                            probes++;
                            return FOUND;
                        },
                        Optional::empty);
    }

    private AccelerationMemory memory(String circumstances) {
        return new AccelerationMemory(dir, circumstances);
    }

    private Path file() throws Exception {
        try (Stream<Path> files = Files.list(dir.resolve("acceleration"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
