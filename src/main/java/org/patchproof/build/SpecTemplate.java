package org.patchproof.build;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the {@code @NAMES@} of a packaging folder's kernel.spec. */
final class SpecTemplate {
    private static final Pattern NAME = Pattern.compile("@([A-Z][A-Z0-9]*)@");

    private SpecTemplate() {}

    /**
     * The spec with each known name replaced.
     *
     * @throws SourceMissingException when the spec has a name that is not among {@code values}
     */
    static String fill(String spec, Map<String, String> values) {
        Matcher matcher = NAME.matcher(spec);
        TreeSet<String> unknown = new TreeSet<>();
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null && !matcher.group(1).equals("NAMES")) {
                unknown.add(matcher.group());
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value == null ? matcher.group() : value));
        }
        matcher.appendTail(filled);
        if (!unknown.isEmpty()) {
            throw new SourceMissingException(
                    "kernel.spec has names that nothing fills: " + String.join(", ", unknown),
                    "Known are " + new TreeSet<>(values.keySet()) + ", each between two @.");
        }
        return filled.toString();
    }
}
