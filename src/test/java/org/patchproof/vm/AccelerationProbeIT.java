package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    void withoutTheDeviceItIsEmulationAndSaysWhy() {
        AccelerationChoice choice = new AccelerationProbe(new LeashedRunner(), dir.resolve("kvm")).choose();
        assertThat(choice.acceleration()).isEqualTo(Acceleration.TCG);
        assertThat(choice.reason()).contains("there is no ").contains("kvm");
    }

    @Test
    void whatIsChosenReallySpeaks() {
        AccelerationChoice choice = new AccelerationProbe(new LeashedRunner()).choose();
        assertThat(choice.reason()).isNotBlank();
        assertThat(new AccelerationProbe(new LeashedRunner()).speaks(choice.acceleration()))
                .isTrue();
    }
}
