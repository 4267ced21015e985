package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;

/** The comments that mark what we put into a spec. A {@code %} in a comment is doubled: rpm expands there too. */
final class Marks {
    private static final String BEGIN = "# patchproof: begin ";
    static final String END = "# patchproof: end";
    private static final String WAS = "# patchproof: was: ";

    private Marks() {}

    static String begin(String id) {
        return BEGIN + id;
    }

    static String was(String text) {
        return WAS + text.replace("%", "%%");
    }

    static boolean isWas(String text) {
        return text.startsWith(WAS);
    }

    /** Whether anything of ours is in a spec. */
    static boolean in(SpecFile spec) {
        return spec.texts().stream().anyMatch(t -> t.startsWith("# patchproof: "));
    }

    /** The spec as it was before. */
    static SpecFile strip(SpecFile spec) {
        List<String> texts = new ArrayList<>();
        boolean inside = false;
        int begun = 0;
        for (int i = 0; i < spec.texts().size(); i++) {
            String text = spec.texts().get(i);
            if (inside && text.startsWith(BEGIN)) {
                throw neverEnded(begun);
            } else if (inside) {
                inside = !text.equals(END);
            } else if (text.startsWith(BEGIN)) {
                inside = true;
                begun = i + 1;
            } else if (text.startsWith(WAS)) {
                texts.add(text.substring(WAS.length()).replace("%%", "%"));
                i++;
            } else {
                texts.add(text);
            }
        }
        if (inside) {
            throw neverEnded(begun);
        }
        return spec.with(texts);
    }

    private static Refusal neverEnded(int line) {
        return new Refusal(
                "what an injection put in at line " + line + " has no line '" + END
                        + "' behind it: that one was taken out",
                "put that line back behind what was injected, or start from the vendor's spec");
    }
}
