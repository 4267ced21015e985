package org.patchproof.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the section {@code triage} of a bug. */
final class TriageReader {
    private static final Pattern RELEASE = Pattern.compile("\\d{1,4}(?:[.-]\\d{1,6}){1,8}");

    private final Set<String> kernels;

    /** For a bug whose kernels are known under these names. */
    TriageReader(Set<String> kernels) {
        this.kernels = kernels;
    }

    Optional<TriageSpec> read(YamlValue value) {
        return value.table().map(table -> {
            TriageSpec spec = new TriageSpec(
                    table.required("symptom", EvidenceReader.pattern(List.of("subject")), ""),
                    table.optional("value", Values::line),
                    table.required("repeats", Values::duration, Duration.ofSeconds(1)),
                    table.required("lasting", Values::duration, Duration.ofSeconds(1)),
                    table.optional("otherwise", Values::line),
                    table.optional("signs", Values.rowsOf(TriageReader::sign, TriageSpec.Sign::title))
                            .orElse(List.of()),
                    table.optional("rivals", Values.rowsOf(TriageReader::rival, TriageSpec.Rival::title))
                            .orElse(List.of()),
                    table.optional("affected", Values.rowsOf(TriageReader::affected, TriageSpec.Affected::kernels))
                            .orElse(List.of()),
                    table.required("verify", this::verify, Map.of()));
            table.refuseOthers();
            return spec;
        });
    }

    private static Optional<TriageSpec.Sign> sign(YamlValue value) {
        return value.table().map(table -> {
            boolean pairs = table.has("ends");
            boolean timed = table.has("over") && !pairs;
            List<String> groups = pairs ? List.of("key") : timed ? List.of("duration") : List.of();
            TriageSpec.Sign sign = new TriageSpec.Sign(
                    table.required("title", Values::line, ""),
                    table.required("match", EvidenceReader.pattern(groups), ""),
                    table.optional("ends", EvidenceReader.pattern(List.of("key"))),
                    table.optional("over", Values::duration),
                    table.optional("gap", Values::duration));
            table.refuseOthers();
            return sign;
        });
    }

    private static Optional<TriageSpec.Rival> rival(YamlValue value) {
        return value.table().map(table -> {
            TriageSpec.Rival rival = new TriageSpec.Rival(
                    table.required("subject", EvidenceReader.pattern(List.of()), ""),
                    table.required("title", Values::line, ""),
                    table.optional("see", Values::url),
                    table.optional("fixed", release()));
            table.refuseOthers();
            return rival;
        });
    }

    private static Optional<TriageSpec.Affected> affected(YamlValue value) {
        return value.table().map(table -> {
            TriageSpec.Affected affected = new TriageSpec.Affected(
                    table.required("kernels", EvidenceReader.pattern(List.of()), ""),
                    table.required("fixed", release(), ""),
                    table.optional("note", Values::line));
            table.refuseOthers();
            return affected;
        });
    }

    private static ValueReader<String> release() {
        return Values.matching(RELEASE, "kernel release", "Write numbers, such as 3.10.0-1127 or 5.1.");
    }

    private Optional<Map<String, String>> verify(YamlValue value) {
        return value.table().map(table -> {
            Map<String, String> read = new LinkedHashMap<>();
            for (YamlTable.Entry entry : table.entries()) {
                if (!kernels.contains(entry.name())) {
                    entry.key()
                            .wrong(
                                    "the bug has no variants for a kernel " + Shown.quote(entry.name()),
                                    Nearest.hint(entry.name(), kernels));
                }
                EvidenceReader.pattern(List.of())
                        .read(entry.value())
                        .ifPresent(pattern -> read.put(entry.name(), pattern));
            }
            return read;
        });
    }
}
