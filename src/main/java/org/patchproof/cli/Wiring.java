package org.patchproof.cli;

import java.util.Objects;
import org.patchproof.pipeline.Doctor;
import org.patchproof.pipeline.PackageBuilder;
import org.patchproof.pipeline.PackageBuilding;
import org.patchproof.pipeline.Releaser;
import org.patchproof.pipeline.Releasing;
import org.patchproof.pipeline.Verification;
import org.patchproof.pipeline.Verifier;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.srpm.SignatureCheck;

/** What the commands call: the only place where the real ones are chosen. */
record Wiring(
        Verifier verifier,
        PackageBuilder builder,
        Releaser releaser,
        Doctor doctor,
        SignatureCheck signatures,
        CommandRunner runner) {
    Wiring {
        Objects.requireNonNull(verifier);
        Objects.requireNonNull(builder);
        Objects.requireNonNull(releaser);
        Objects.requireNonNull(doctor);
        Objects.requireNonNull(signatures);
        Objects.requireNonNull(runner);
    }

    /** With real tools where these do not say otherwise. */
    Wiring(Verifier verifier, PackageBuilder builder, Doctor doctor, SignatureCheck signatures) {
        this(verifier, builder, new Releasing(), doctor, signatures, new LeashedRunner());
    }

    static Wiring real() {
        CommandRunner runner = new LeashedRunner();
        return new Wiring(
                new Verification(runner),
                new PackageBuilding(runner),
                new Releasing(runner),
                new Doctor(runner, cache -> Doctor.probe(runner, cache)),
                new SignatureCheck(runner),
                runner);
    }
}
