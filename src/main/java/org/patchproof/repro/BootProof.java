package org.patchproof.repro;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a guest said of the kernel it ran, held against what was built.
 *
 * @param release {@code uname -r}
 * @param nevra the package that the guest's rpm says the image belongs to
 * @param imageSha256 of that image, computed in the guest
 * @param buildId of the running kernel, from /sys/kernel/notes
 * @param processors that the guest has
 * @param missing what does not agree with the kernel under test; empty when the proof is whole
 */
public record BootProof(
        String release,
        String nevra,
        String imageSha256,
        Optional<String> buildId,
        int processors,
        List<String> missing) {
    public BootProof {
        Objects.requireNonNull(release);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(imageSha256);
        Objects.requireNonNull(buildId);
        missing = List.copyOf(missing);
    }

    /** Whether the guest ran the kernel under test, as far as it can be known. */
    public boolean whole() {
        return missing.isEmpty();
    }

    /**
     * Reads the guest's {@code booted} event and compares. Of an image that is on no disk of the guest's, the guest
     * knows release and build-id only: {@code handed} is the digest of the file that the machine was given.
     */
    static BootProof of(JobEvent booted, KernelUnderTest kernel, int processorsAsked, Optional<String> handed) {
        Optional<String> buildId = BuildId.of(booted.value("notes"));
        List<String> missing = new ArrayList<>();
        compare(missing, "uname -r", booted.value("release"), kernel.release());
        String sha256 = handed.orElse(booted.value("sha256"));
        if (!kernel.direct()) {
            compare(missing, "rpm -qf of the booted image", booted.value("nevra"), kernel.nevra());
        }
        compare(missing, "sha256 of the booted image", sha256, kernel.imageSha256());
        kernel.buildId().ifPresent(id -> compare(missing, "build-id", buildId.orElse("none"), id));
        int processors = number(booted.value("processors"));
        compare(missing, "processors", Integer.toString(processors), Integer.toString(processorsAsked));
        return new BootProof(
                booted.value("release"),
                kernel.direct() ? "" : booted.value("nevra"),
                sha256,
                buildId,
                processors,
                missing);
    }

    private static void compare(List<String> missing, String what, String got, String wanted) {
        if (!got.equals(wanted)) {
            missing.add(what + " is '" + got + "', not '" + wanted + "'");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
