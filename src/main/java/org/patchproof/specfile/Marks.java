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
        for (int i = 0; i < spec.texts().size(); i++) {
            String text = spec.texts().get(i);
            if (inside) {
                inside = !text.equals(END);
            } else if (text.startsWith(BEGIN)) {
                inside = true;
            } else if (text.startsWith(WAS)) {
                texts.add(text.substring(WAS.length()).replace("%%", "%"));
                i++;
            } else {
                texts.add(text);
            }
        }
        return spec.with(texts);
    }
}
