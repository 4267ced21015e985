package org.patchproof.cli;

import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.ReleaseRequest;
import org.patchproof.pipeline.ReleaseResult;
import org.patchproof.pipeline.Releaser;
import org.patchproof.release.RefusedException;
import org.patchproof.release.ReleasedPackage;

/** A releaser that ends as it is told, and remembers what it was asked. */
final class FakeReleaser implements Releaser {
    private Optional<ReleaseRequest> asked = Optional.empty();
    private Optional<RefusedException> refusal = Optional.empty();
    private ExitCode code = ExitCode.HOPED;

    void refuses(RefusedException why) {
        refusal = Optional.of(why);
    }

    void ends(ExitCode how) {
        code = how;
    }

    ReleaseRequest asked() {
        return asked.orElseThrow();
    }

    boolean wasAsked() {
        return asked.isPresent();
    }

    @Override
    public ReleaseResult release(ReleaseRequest request, ProgressListener listener) {
        asked = Optional.of(request);
        refusal.ifPresent(why -> {
            throw why;
        });
        return new ReleaseResult(
                request.out(),
                List.of(new ReleasedPackage(
                        "kernel-1-1.fix.x86_64.rpm",
                        "kernel-1-1.fix.x86_64",
                        "a".repeat(64),
                        "b".repeat(64),
                        "c".repeat(64))),
                List.of("1-1 < 1-1.fix   replaces the vendor's broken kernel"),
                List.of("configuration CONFIG_X: y -> \u001b[2Jm"),
                Optional.empty(),
                code);
    }
}
