package org.patchproof.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchproof.report.Findings.Patch;

/** A patch on the page: once, however many variants carry it. */
record HtmlPatch(String anchor, String names, String sha256, List<Text> text) {

    /** Its lines; no Text at all where no bundle holds it. */
    record Text(List<DiffLines.DiffLine> lines) {}

    static List<HtmlPatch> of(Findings findings, HtmlContext context) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        findings.variants()
                .flatMap(variant -> variant.patches().stream())
                .forEach((Patch patch) -> names.computeIfAbsent(patch.sha256(), s -> new LinkedHashSet<>())
                        .add(patch.name()));
        List<HtmlPatch> patches = new ArrayList<>();
        names.forEach((sha256, called) -> {
            Optional<String> text = findings.patches().getOrDefault(sha256, Optional.empty());
            patches.add(new HtmlPatch(
                    context.patch(sha256),
                    String.join(", ", called),
                    sha256,
                    text.map(t -> List.of(new Text(DiffLines.of(t)))).orElse(List.of())));
        });
        return patches;
    }
}
