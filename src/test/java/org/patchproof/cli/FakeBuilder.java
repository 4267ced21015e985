package org.patchproof.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.BuildResult;
import org.patchproof.pipeline.BuildResult.Built;
import org.patchproof.pipeline.PackageBuilder;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.Shipping;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.plan.VariantRole;

/** A builder that ends as it is told, and remembers what it was asked. */
final class FakeBuilder implements PackageBuilder {
    private static final Path BUNDLE = Path.of("runs/build-demo-fake-1.0");

    private final List<Built> results = new ArrayList<>();
    private Optional<VerifyRequest> asked = Optional.empty();
    private Optional<Shipping> shipping = Optional.empty();

    FakeBuilder builds(String variant) {
        Path rpm = BUNDLE.resolve("fake-1.0/" + variant + "/rpms/kernel-1.rpm");
        return ends(variant, Optional.of("kernel-1"), List.of(rpm), Optional.empty(), List.of(), Optional.empty());
    }

    FakeBuilder fails(String variant, String stage, String line) {
        return ends(variant, Optional.empty(), List.of(), Optional.of(stage), List.of(line), Optional.empty());
    }

    FakeBuilder isInTrouble(String variant, String why) {
        return ends(variant, Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.of(why));
    }

    VerifyRequest asked() {
        return asked.orElseThrow();
    }

    Shipping shipping() {
        return shipping.orElseThrow();
    }

    private FakeBuilder ends(
            String variant,
            Optional<String> nevra,
            List<Path> packages,
            Optional<String> stage,
            List<String> lines,
            Optional<String> trouble) {
        results.add(new Built(
                "fake-1.0",
                variant,
                VariantRole.CANDIDATE,
                BUNDLE,
                nevra,
                packages,
                nevra.map(n -> "clean"),
                stage,
                lines,
                trouble));
        return this;
    }

    @Override
    public BuildResult build(VerifyRequest request, Shipping what, ProgressListener listener) {
        asked = Optional.of(request);
        shipping = Optional.of(what);
        return new BuildResult(results);
    }
}
