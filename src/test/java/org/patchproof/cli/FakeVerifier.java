package org.patchproof.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.Step;
import org.patchproof.pipeline.VariantResult;
import org.patchproof.pipeline.Verifier;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.VerifyResult;
import org.patchproof.plan.VariantRole;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;
import org.patchproof.verdict.Verdict.Word;

/** A verifier that ends as it is told, and remembers what it was asked. */
final class FakeVerifier implements Verifier {
    private final List<VerifyRequest> requests = new ArrayList<>();
    private final List<VariantResult> results = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();

    FakeVerifier says(String variant, VariantRole role, Word word) {
        return says(variant, role, word, Optional.empty());
    }

    FakeVerifier says(String variant, VariantRole role, Word word, Optional<String> trouble) {
        Verdict verdict = new Verdict(word, "so it is", Numbers.NONE, word + ": so it is.", Optional.empty());
        List<Trial> trials = List.of(Trial.infra(1, "for show", Duration.ofSeconds(90), "console.log"));
        results.add(new VariantResult("fake-1.0", variant, role, verdict, trials, Duration.ofSeconds(61), trouble));
        return this;
    }

    FakeVerifier fails(RuntimeException e) {
        failure = Optional.of(e);
        return this;
    }

    VerifyRequest asked() {
        return requests.get(requests.size() - 1);
    }

    boolean wasAsked() {
        return !requests.isEmpty();
    }

    @Override
    public VerifyResult verify(VerifyRequest request, ProgressListener listener) {
        requests.add(request);
        listener.opened(Path.of("runs/1"));
        listener.started("fake-1.0", "control", Step.BUILD, "", Optional.empty());
        failure.ifPresent(e -> {
            throw e;
        });
        listener.finished("fake-1.0", "control", Step.BUILD, Duration.ofSeconds(61), "");
        return new VerifyResult(Path.of("runs/1"), results);
    }
}
