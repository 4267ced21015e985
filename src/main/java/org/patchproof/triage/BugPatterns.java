package org.patchproof.triage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchproof.plan.KnownBug;
import org.patchproof.plan.TriageSpec;

/** What is looked for of one bug, ready to be matched. */
record BugPatterns(KnownBug bug, TriageSpec spec, Sought symptom, List<SignPatterns> signs) {
    /** A message may be late or lost; so many rounds of silence end a spell. */
    private static final int ROUNDS = 6;

    /** One sign. */
    record SignPatterns(TriageSpec.Sign sign, Sought match, Optional<Sought> ends) {}

    static BugPatterns of(KnownBug bug) {
        TriageSpec spec = bug.triage();
        List<SignPatterns> signs = spec.signs().stream()
                .map(sign -> new SignPatterns(
                        sign, Sought.of(sign.match()), sign.ends().map(Sought::of)))
                .toList();
        return new BugPatterns(bug, spec, Sought.of(spec.symptom()), signs);
    }

    Stream<Pattern> all() {
        return Stream.concat(
                        Stream.of(symptom),
                        signs.stream().flatMap(s -> Stream.concat(Stream.of(s.match()), s.ends().stream())))
                .map(Sought::pattern);
    }

    Duration gap() {
        return spec.repeats().multipliedBy(ROUNDS);
    }

    boolean tellsValue() {
        return spec.symptom().contains("(?<value>");
    }
}
