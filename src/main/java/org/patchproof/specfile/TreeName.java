package org.patchproof.specfile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the folder is called in which a place of {@code %prep} is, by what went into it last. */
final class TreeName {
    private static final Pattern MOVE = Pattern.compile("\\s*(?:cd|pushd)\\s+['\"]?([^\\s'\";&|]+)['\"]?.*");
    private static final Pattern SETUP = Pattern.compile("\\s*%\\{?(?:auto)?setup\\b.*?\\s-n\\s*(\\S+?)\\}?(?:\\s.*)?");

    private TreeName() {}

    /** As it stands there; empty where that is not sure. */
    static Optional<String> before(SpecFile spec, int place) {
        Optional<String> name = Optional.empty();
        for (SpecLine line : spec.lines().subList(0, place - 1)) {
            Matcher setup = SETUP.matcher(line.text());
            Matcher move = MOVE.matcher(line.text());
            if (line.plainIn(Section.PREP) && line.depth() == 0) {
                boolean sets = setup.matches();
                if (sets) {
                    name = Optional.of(setup.group(1));
                } else if (move.matches()
                        && !move.group(1).matches("(?:.*/)?\\.{1,2}/?|-")
                        && !move.group(1).startsWith("../")) {
                    name = Optional.of(move.group(1));
                }
            }
        }
        return name.map(n -> n.substring(n.replaceFirst("/+$", "").lastIndexOf('/') + 1));
    }
}
