package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestAdoptionTest {
    private static final String CENTOS_7 = """
            tool=systemctl
            tool=grubby
            tool=grub2-mkconfig
            tool=grub2-set-default
            tool=rpm
            tool=yum
            release=3.10.0-1160.el7.x86_64
            name=CentOS Linux 7 (Core)
            """;

    @Test
    void everythingIsSaidInOrderAndNothingOfTheGuestsComesIntoALine() throws Exception {
        Fake guest = new Fake(CENTOS_7);
        List<String> progress = new ArrayList<>();
        assertThat(new GuestAdoption(guest, Acceleration.TCG, progress::add).adopt())
                .isEqualTo(BootLoader.GRUBBY);
        assertThat(guest.lines)
                .containsExactly(
                        GuestAdoption.CLOUD_INIT_IS_OVER,
                        "sh",
                        "mkdir -p /usr/local/lib/patchproof && cat > /usr/local/lib/patchproof/agent",
                        "mkdir -p /etc/systemd/system && cat > /etc/systemd/system/patchproof.service",
                        "mkdir -p /usr/lib/systemd/system-shutdown && cat >"
                                + " /usr/lib/systemd/system-shutdown/patchproof",
                        "bash",
                        "bash",
                        "rm -f /root/.ssh/authorized_keys; sync; (sleep 1; systemctl poweroff) > /dev/null 2>&1"
                                + " < /dev/null &");
        assertThat(guest.inputs.get(6))
                .startsWith("BOOT_LOADER='grubby'\nIMAGE='/boot/vmlinuz-3.10.0-1160.el7.x86_64'\nARGUMENTS='console=")
                .contains("by_grubby");
        assertThat(guest.limits).allSatisfy(limit -> assertThat(limit).isGreaterThanOrEqualTo(Duration.ofMinutes(3)));
        assertThat(progress).contains("our agent into CentOS Linux 7 (Core)", "its boot loader (grubby)");
    }

    @Test
    void aGuestThatLacksWhatItTakesIsLeftAsItIs() {
        refused(CENTOS_7.replace("tool=systemctl\n", ""), "has no systemd");
        refused(CENTOS_7.replace("tool=yum\n", ""), "no yum or dnf");
        refused(CENTOS_7.replace("tool=rpm\n", ""), "no rpm");
        refused(CENTOS_7.replaceAll("tool=grub.*\n", ""), "no tool that tells its boot loader");
    }

    @Test
    void whatTheGuestSaidWhenAStepFailedIsShown() {
        Fake guest = new Fake(CENTOS_7);
        guest.failing = "bash";
        assertThatThrownBy(() -> new GuestAdoption(guest, Acceleration.KVM, word -> {}).adopt())
                .isInstanceOf(GuestUnavailableException.class)
                .hasMessageContaining("exit code 1, it said: " + "x".repeat(1990))
                .hasMessageNotContaining("x".repeat(2001));
    }

    @Test
    void nothingThatAGuestPrintsDoesAnythingToATerminal() {
        assertThat(new GuestShell.Answer(0, "a\u001b[2Jb\u202ec\0d\n\te\u0085").output())
                .isEqualTo("a?[2Jb?c?d\n\te?");
    }

    private static void refused(String facts, String words) {
        Fake guest = new Fake(facts);
        assertThatThrownBy(() -> new GuestAdoption(guest, Acceleration.KVM, word -> {}).adopt())
                .isInstanceOf(GuestUnavailableException.class)
                .hasMessageContaining(words);
        assertThat(guest.lines).hasSize(2);
    }

    private static final class Fake implements GuestShell {
        private final String facts;
        private final List<String> lines = new ArrayList<>();
        private final List<String> inputs = new ArrayList<>();
        private final List<Duration> limits = new ArrayList<>();
        private String failing = "";

        Fake(String facts) {
            this.facts = facts;
        }

        @Override
        public Answer say(Words words) {
            lines.add(words.line());
            inputs.add(words.input());
            limits.add(words.within());
            return words.line().equals(failing)
                    ? new Answer(1, "x".repeat(100_000))
                    : new Answer(0, words.line().equals("sh") ? facts : "");
        }

        @Override
        public void close() {}
    }
}
