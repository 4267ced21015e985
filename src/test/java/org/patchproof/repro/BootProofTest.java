package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What booted must be what was built, or the trial is no evidence. */
class BootProofTest {
    private static final String ID = "8c8ce3a92202224acee80cb26d369836e0998469";
    /** As a real 6.1 guest printed them: the build-id note, then two of Linux's own. */
    private static final String NOTES = "040000001400000003000000474e5500" + ID
            + "0600000004000000010100004c696e7578000000000000000600000001000000000100004c696e757800000000000000";

    private static final KernelUnderTest KERNEL = new KernelUnderTest(
            List.of(Path.of("kernel.rpm")),
            "kernel-6.1.192-2.control.x86_64",
            "6.1.192-2.control.x86_64",
            "/boot/vmlinuz-6.1.192-2.control.x86_64",
            "abc",
            Optional.of(ID));

    private static final String BOOTED = "booted release=6.1.192-2.control.x86_64"
            + " nevra=kernel-6.1.192-2.control.x86_64 sha256=abc notes=" + NOTES + " processors=4";

    @Test
    void theKernelUnderTestIsRecognised() {
        BootProof proof = BootProof.of(JobEvent.parse(BOOTED), KERNEL, 4, Optional.empty());
        assertThat(proof.missing()).isEmpty();
        assertThat(proof.whole()).isTrue();
        assertThat(proof.buildId()).contains(ID);
    }

    @ParameterizedTest
    @CsvSource({
        "release=6.1.192-2.control.x86_64, release=6.1.0-50-cloud-amd64, uname -r is '6.1.0-50-cloud-amd64'",
        "nevra=kernel-6.1.192-2.control.x86_64, nevra=kernel-6.1.192-2.fixed.x86_64, rpm -qf",
        "sha256=abc, sha256=abd, sha256 of the booted image",
        "8c8ce3a9, 8c8ce3aa, build-id is",
        "474e5500, 474e5501, build-id is 'none'",
        "processors=4, processors=1, processors is '1'",
    })
    void anyDisagreementIsNamed(String from, String to, String complaint) {
        BootProof proof = BootProof.of(JobEvent.parse(BOOTED.replace(from, to)), KERNEL, 4, Optional.empty());
        assertThat(proof.whole()).isFalse();
        assertThat(proof.missing()).singleElement().asString().contains(complaint);
    }

    /** The guest's package manager and its disk know nothing of an image that was handed to the machine. */
    @Test
    void anImageAloneIsRecognisedByWhatTheMachineWasGivenAndByItsBuildId() {
        KernelUnderTest image = new KernelUnderTest(
                List.of(), "not packed", "6.1.192-2.control.x86_64", "image/vmlinuz", "abc", Optional.of(ID));
        String booted = BOOTED.replaceAll("nevra=\\S+ sha256=\\S+", "nevra= sha256=");
        assertThat(BootProof.of(JobEvent.parse(booted), image, 4, Optional.of("abc"))
                        .missing())
                .isEmpty();
        assertThat(BootProof.of(JobEvent.parse(booted), image, 4, Optional.of("abd"))
                        .missing())
                .singleElement()
                .asString()
                .contains("sha256 of the booted image");
        assertThat(BootProof.of(JobEvent.parse(booted.replace(ID, ID.replace('8', '9'))), image, 4, Optional.of("abc"))
                        .missing())
                .singleElement()
                .asString()
                .contains("build-id is");
        assertThatThrownBy(() -> new KernelUnderTest(List.of(), "x", "r", "i", "abc", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGuestThatSaysNothingProvesNothing() {
        assertThat(BootProof.of(JobEvent.parse("booted"), KERNEL, 4, Optional.empty())
                        .missing())
                .hasSize(5);
    }

    @Test
    void hostileNotesGiveNoBuildIdAndNoCrash() {
        byte[] good = HexFormat.of().parseHex(NOTES);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) 0xff;
            String hex = HexFormat.of().formatHex(bad);
            assertThat(BuildId.of(hex))
                    .satisfiesAnyOf(
                            id -> assertThat(id).isEmpty(), id -> assertThat(id).isPresent());
            assertThat(BuildId.of(NOTES.substring(0, i)))
                    .satisfiesAnyOf(
                            id -> assertThat(id).isEmpty(), id -> assertThat(id).contains(ID));
        }
        assertThat(BuildId.of("zz")).isEmpty();
        assertThat(BuildId.of(HexFormat.of().formatHex("plain text, no notes".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }
}
