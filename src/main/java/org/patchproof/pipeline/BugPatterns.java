package org.patchproof.pipeline;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.console.ExposurePatterns;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.ExposureSpec;
import org.patchproof.repro.TrialOutcome;

/** What a bug's spec says of consoles, as the patterns that read them. */
public final class BugPatterns {
    private BugPatterns() {}

    static EvidencePatterns of(BugSpec bug) {
        ExposureSpec exposure = bug.evidence().exposure();
        return EvidencePatterns.of(
                Pattern.compile(bug.evidence().symptom()),
                new ExposurePatterns(
                        exposure.entered().map(Pattern::compile),
                        Pattern.compile(exposure.invalidated()),
                        Pattern.compile(exposure.passed())));
    }

    /**
     * What a console log that somebody kept would be as a trial of {@code bug}: nothing is booted. For who
     * writes a bug's patterns.
     *
     * @param console read as a stream; its name is what places in it are called by
     * @throws IOException when it cannot be read
     */
    public static ConsoleReading read(BugSpec bug, Path console) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(console))) {
            String name = console.getFileName().toString();
            return ConsoleReading.of(TrialOutcome.decide(EvidenceCollector.read(in, of(bug)), Set.of(), name)
                    .asTrial(1, Duration.ZERO, name));
        }
    }
}
