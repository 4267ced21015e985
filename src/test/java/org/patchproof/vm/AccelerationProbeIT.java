package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.LeashedRunner;

class AccelerationProbeIT {
    @TempDir
    Path dir;

    @Test
    void emulationIsHeardToSpeak() {
        assertThat(new AccelerationProbe(new LeashedRunner()).speaks(Acceleration.TCG))
                .as("QEMU under TCG; apt-get install qemu-system-x86")
                .isTrue();
    }

    @Test
    void withoutTheDeviceItIsEmulationAndSaysWhy() throws Exception {
        AccelerationChoice choice =
                new AccelerationProbe(new LeashedRunner(), dir.resolve("kvm")).choose(Optional::empty);
        assertThat(choice.acceleration()).isEqualTo(Acceleration.TCG);
        assertThat(choice.reason()).contains("there is no ").contains("kvm");
    }

    @Test
    void aLinuxIsHeardToSpeakAndAFileThatIsNoneIsNot() throws Exception {
        Path kernel = GuestIT.image().kernel();
        AccelerationProbe probe = new AccelerationProbe(new LeashedRunner());
        assertThat(probe.speaks(Acceleration.TCG, kernel)).isTrue();
        Path junk = java.nio.file.Files.writeString(dir.resolve("junk"), "no kernel");
        assertThat(probe.speaks(Acceleration.TCG, junk)).isFalse();
    }

    @Test
    void hardwareIsChosenOnlyWhereALinuxSpeaksUnderIt() throws Exception {
        Path kernel = GuestIT.image().kernel();
        AccelerationProbe probe = new AccelerationProbe(new LeashedRunner());
        AccelerationChoice choice = probe.choose(() -> Optional.of(kernel));
        assertThat(choice.reason()).isNotBlank();
        if (choice.acceleration() == Acceleration.KVM) {
            assertThat(choice.reason()).isEqualTo("a Linux spoke under it");
        } else {
            assertThat(choice.reason()).containsAnyOf("there is no", "said nothing", "may not be opened");
        }
    }
}
