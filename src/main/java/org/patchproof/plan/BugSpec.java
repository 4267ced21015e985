package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bug: how it is provoked, how it shows, and its variants. {@code specs/bugs/<name>/bug.yaml}.
 *
 * @param references where to read about it
 * @param fixedBy the upstream commit, 7 to 40 hex digits
 * @param profiles other ways to provoke it, by name
 * @param variants by the name of the kernel, in the order of the file; each list has exactly one
 *     control, and has it first
 * @param customer what a kernel without any instrumentation is put through before customers get it
 * @param traces words that the instrumentation puts into a kernel, and that no shipped kernel may hold
 * @param triage how it shows in logs of production, when that is known
 */
public record BugSpec(
        String name,
        String title,
        List<URI> references,
        Optional<String> fixedBy,
        Reproduction reproduction,
        Map<String, Reproduction> profiles,
        Optional<Reproduction> customer,
        EvidenceSpec evidence,
        Map<String, List<VariantSpec>> variants,
        List<String> traces,
        Optional<TriageSpec> triage) {
    public BugSpec {
        Names.require(name);
        requireNonNull(title);
        references = List.copyOf(references);
        requireNonNull(fixedBy);
        requireNonNull(reproduction);
        requireNonNull(customer);
        requireNonNull(evidence);
        profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
        Map<String, List<VariantSpec>> copy = new LinkedHashMap<>();
        variants.forEach((kernel, list) -> copy.put(kernel, List.copyOf(list)));
        variants = Collections.unmodifiableMap(copy);
        traces = List.copyOf(traces);
        requireNonNull(triage);
    }

    /** The same bug, provoked in this way; it must be one of {@link #profiles}. */
    public BugSpec provokedBy(String profile) {
        return new BugSpec(
                name,
                title,
                references,
                fixedBy,
                requireNonNull(profiles.get(profile), profile),
                profiles,
                customer,
                evidence,
                variants,
                traces,
                triage);
    }
}
