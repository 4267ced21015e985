package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.vm.FirstBootWatch.Sight;

class FirstBootWatchTest {
    private static final String STARTED = "SeaBIOS (version 1.16.2)\nBooting from Hard Disk...\n";

    private final FirstBootWords words = new FirstBootWords();
    private final FirstBootWatch watch = new FirstBootWatch(words, Acceleration.TCG);

    @ParameterizedTest
    @CsvSource({
        "[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs, its kernel panicked",
        "grub rescue> , its boot loader does not find the rest of itself",
        "(initramfs) , its initial RAM disk does not find the root file system",
        "You are in emergency mode. After logging in, a file system of it cannot be mounted"
    })
    void aConsoleWithoutHopeIsToldAtOnceWithItsLastLines(String line, String meaning) {
        print("GRUB loading.\u001b[2J\n");
        assertThat(hopeless(1, 1, 0)).isEmpty();
        print(line);
        assertThat(hopeless(1, 1, 0).orElseThrow())
                .startsWith(meaning)
                .contains("; its last lines: GRUB loading.?[2J / " + line.strip());
        assertThat(watch.broken(sight(STARTED, 2, 1, 0)))
                .as("also while we speak with it")
                .isPresent();
    }

    @Test
    void aDiskThatIsNotBootableIsToldByTheFirmware() {
        String said = STARTED + "\nNo bootable device.\n";
        assertThat(watch.hopeless(sight(said, 1, 1, 0)).orElseThrow())
                .isEqualTo("the firmware finds nothing to boot on it; its console is empty");
    }

    @Test
    void aFirmwareThatHangsIsGivenTheTimeThatItsAccelerationNeeds() {
        assertThat(watch.hopeless(sight("SeaBIOS", 29, 29, 0))).isEmpty();
        assertThat(watch.hopeless(sight("SeaBIOS", 31, 31, 0)).orElseThrow())
                .contains("did not hand over to its boot loader in 30 s");
    }

    @Test
    void aProcessorThatSpinsIsToldWhenNoStartTakesSoLong() {
        assertThat(hopeless(1, 1, 0)).isEmpty();
        assertThat(hopeless(30, 30, 100)).isEmpty();
        assertThat(hopeless(32, 32, 100).orElseThrow())
                .isEqualTo("it says nothing and reads nothing for 31 s, while a processor of it spins;"
                        + " its console is empty");
    }

    @Test
    void aStartThatIsSeenOnItsDiskAloneMayTakeItsTime() {
        for (int second = 1; second < 1000; second += 10) {
            assertThat(hopeless(second, second, second << 20))
                    .as("after %s s", second)
                    .isEmpty();
        }
    }

    @Test
    void aMachineThatIdlesIsToldUnlessTheHostsDiskIsAwaited() {
        assertThat(hopeless(1, 1, 0)).isEmpty();
        assertThat(hopeless(40, 1, 0)).isEmpty();
        MachineLook blocked = new MachineLook(Duration.ofSeconds(1), Duration.ZERO, false, true);
        assertThat(watch.hopeless(seen(STARTED, 41, Optional.of(blocked), 0))).isEmpty();
        assertThat(hopeless(80, 1, 0)).isEmpty();
        assertThat(hopeless(82, 1, 0).orElseThrow())
                .startsWith("it says nothing and reads nothing for 41 s, and idles");
    }

    /** On a busy host even one that idles waits a little each time that it wakes. */
    @Test
    void aBusyHostMakesNoIdlerOfWhoWouldRunAndHidesNone() {
        assertThat(watch.hopeless(waited(1, 0))).isEmpty();
        assertThat(watch.hopeless(waited(101, 40))).as("starved").isEmpty();
        assertThat(watch.hopeless(waited(201, 50)).orElseThrow()).contains("for 200 s, and idles");
    }

    private static Sight waited(int at, int seconds) {
        MachineLook look = new MachineLook(Duration.ofSeconds(1), Duration.ofSeconds(seconds), false, false);
        return seen(STARTED, at, Optional.of(look), 0);
    }

    @Test
    void oneThatIsUpMustLetUsInSoon() {
        print("debian login: ");
        assertThat(hopeless(20, 20, 0)).isEmpty();
        assertThat(hopeless(109, 100, 2 << 20)).isEmpty();
        assertThat(hopeless(111, 101, 4 << 20).orElseThrow())
                .startsWith("it asks for a login, and after 90 s nobody could log in by SSH (the last time: no key)");
    }

    @Test
    void oneThatSomebodyStoppedIsToldAndOneThatGoesOnIsNot() {
        MachineLook stopped = new MachineLook(Duration.ofSeconds(1), Duration.ZERO, true, false);
        assertThat(watch.broken(seen(STARTED, 10, Optional.of(stopped), 0))).isEmpty();
        assertThat(watch.broken(sight(STARTED, 11, 1, 0))).isEmpty();
        assertThat(watch.broken(seen(STARTED, 20, Optional.of(stopped), 0))).isEmpty();
        assertThat(watch.broken(seen(STARTED, 22, Optional.of(stopped), 0)).orElseThrow())
                .startsWith("QEMU was stopped by a signal, and not continued");
    }

    @Test
    void whereTheHostSaysNothingOfTheProcessOnlyItsWordsCount() {
        assertThat(watch.hopeless(seen(STARTED, 1, Optional.empty(), 0))).isEmpty();
        assertThat(watch.hopeless(seen(STARTED, 1000, Optional.empty(), 0))).isEmpty();
    }

    @Test
    void ofAGuestThatPrintsForEverTheEndIsKept() {
        for (int i = 0; i < 10_000; i++) {
            print("x".repeat(1000));
        }
        print("\nKernel panic - not syncing: enough\n");
        assertThat(hopeless(1, 1, 0).orElseThrow()).hasSizeLessThan(20_000).endsWith("enough");
    }

    private Optional<String> hopeless(int at, int ran, long moved) {
        return watch.hopeless(sight(STARTED, at, ran, moved));
    }

    private static Sight sight(String firmware, int at, int ran, long moved) {
        MachineLook look = new MachineLook(Duration.ofSeconds(ran), Duration.ZERO, false, false);
        return seen(firmware, at, Optional.of(look), moved);
    }

    private static Sight seen(String firmware, int at, Optional<MachineLook> look, long moved) {
        return new Sight(firmware, look, OptionalLong.of(moved), "no key", Duration.ofSeconds(at));
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        words.accept(bytes, bytes.length);
    }
}
