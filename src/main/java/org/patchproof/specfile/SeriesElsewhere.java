package org.patchproof.specfile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A series that a spec applies outside {@code %prep}, as SUSE's kernel-source.spec does in {@code %install} to
 * the sources that it packs. No patch of ours can be put behind it by rpm's own means; but how the tree is
 * then can be known.
 *
 * @param line the line's number
 * @param text the line
 * @param plan how; empty when that is not understood
 */
public record SeriesElsewhere(int line, String text, Optional<SeriesPlan> plan) {
    public SeriesElsewhere {
        Objects.requireNonNull(text);
        Objects.requireNonNull(plan);
    }

    /** The one of a spec whose {@code %prep} has none; with several, none of them is understood. */
    public static Optional<SeriesElsewhere> of(SpecFile spec) {
        List<SpecLine> lines = lines(spec);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        SpecLine first = lines.get(0);
        Optional<SeriesPlan> plan =
                lines.size() > 1 ? Optional.empty() : SeriesPlan.of(spec, first.text(), first.number());
        return Optional.of(new SeriesElsewhere(first.number(), first.text().strip(), plan));
    }

    /** Those of a plain copy of upstream's sources, {@code --vanilla}, apart: that is another tree. */
    static List<SpecLine> lines(SpecFile spec) {
        if (spec.calls().stream().anyMatch(c -> c.kind() == PrepCall.Kind.SERIES)) {
            return List.of();
        }
        return spec.in(Section.OTHER)
                .filter(l -> l.kind() == SpecLine.Kind.TEXT && l.text().contains("apply-patches "))
                .filter(l -> !l.text().contains("apply-patches --vanilla "))
                .toList();
    }
}
