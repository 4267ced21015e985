package org.patchproof.specfile;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where in a spec a line stands. */
enum Section {
    /** The main package's tags, up to the first section. */
    PREAMBLE,
    /** The tags of a sub-package. */
    PACKAGE,
    PREP,
    PATCHLIST,
    CHANGELOG,
    /** Every other section. */
    OTHER;

    private static final Set<String> OTHERS = Set.of(
            "description",
            "generate_buildrequires",
            "conf",
            "build",
            "install",
            "check",
            "clean",
            "pre",
            "preun",
            "post",
            "postun",
            "pretrans",
            "posttrans",
            "preuntrans",
            "postuntrans",
            "trigger",
            "triggerin",
            "triggerun",
            "triggerprein",
            "triggerpostun",
            "filetriggerin",
            "filetriggerun",
            "filetriggerpostun",
            "transfiletriggerin",
            "transfiletriggerun",
            "transfiletriggerpostun",
            "verifyscript",
            "files",
            "sepolicy",
            "sourcelist");

    /** The section that {@code line} begins, if it begins one; rpm wants the {@code %} in column 1. */
    static Optional<Section> begunBy(String line) {
        if (line.length() < 2 || line.charAt(0) != '%') {
            return Optional.empty();
        }
        int end = 1;
        while (end < line.length() && (Character.isLetter(line.charAt(end)) || line.charAt(end) == '_')) {
            end++;
        }
        if (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            return Optional.empty();
        }
        String word = line.substring(1, end).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "package" -> Optional.of(PACKAGE);
            case "prep" -> Optional.of(PREP);
            case "patchlist" -> Optional.of(PATCHLIST);
            case "changelog" -> Optional.of(CHANGELOG);
            default -> OTHERS.contains(word) ? Optional.of(OTHER) : Optional.empty();
        };
    }
}
