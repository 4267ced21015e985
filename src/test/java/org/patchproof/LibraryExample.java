package org.patchproof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.VariantResult;
import org.patchproof.pipeline.Verification;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.VerifyResult;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;

/** The README's example of patchproof as a library, compiled; DocumentsTest holds the two against each other. */
public final class LibraryExample {
    private LibraryExample() {}

    /** Verifies the first bug on the first kernel. */
    public static void main(String[] args) {
        // begin
        Workspace workspace = Workspace.at(Path.of("."));
        VerifyRequest request = VerifyRequest.of(workspace, "netdev-leak")
                .withPlan(PlanRequest.of("netdev-leak").withKernels(List.of("linux-6.1")))
                .withMaxTime(Duration.ofHours(2));
        VerifyResult result = new Verification().verify(request, ProgressListener.SILENT);
        for (VariantResult variant : result.variants()) {
            System.out.println(variant.variant() + ": " + variant.verdict().explanation());
        }
        System.exit(result.exitCode().code());
        // end
    }
}
