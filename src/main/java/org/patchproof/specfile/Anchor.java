package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The comment before which a RHEL-style spec takes one more patch.
 *
 * @param line the comment: in {@code %prep}, outside any {@code %if} and shell block, and behind the
 *     last patch
 */
record Anchor(SpecLine line) {
    /** In EL8 and later, and in Fedora's specs inside an {@code %if}. */
    private static final String END = "# END OF PATCH APPLICATIONS";
    /** In every spec of the lineage from EL6 on. */
    private static final String FURTHER = "# Any further pre-build tree manipulations happen here.";

    static Anchor find(SpecFacts facts) {
        List<String> why = new ArrayList<>();
        for (String comment : List.of(END, FURTHER)) {
            Optional<Anchor> anchor = at(facts, comment, why);
            if (anchor.isPresent()) {
                return anchor.get();
            }
        }
        throw new Refusal(
                "no place where a patch is sure to be applied last: " + String.join("; ", why),
                "put the line '" + END + "' into %prep behind the last patch, outside any %if and shell block");
    }

    private static Optional<Anchor> at(SpecFacts facts, String comment, List<String> why) {
        List<SpecLine> found = facts.spec()
                .in(Section.PREP)
                .filter(l -> l.kind() == SpecLine.Kind.COMMENT)
                .filter(l -> l.text().strip().equals(comment))
                .toList();
        if (found.size() != 1) {
            why.add("'" + comment + "' stands " + found.size() + " times in %prep");
            return Optional.empty();
        }
        SpecLine line = found.get(0);
        Optional<String> hindrance = line.depth() > 0
                ? Optional.of("inside " + line.depth() + " %if")
                : ShellBlocks.hindrance(facts.spec(), line.number());
        Optional<PrepCall> later = facts.firstFrom(line.number(), call -> true);
        if (hindrance.isEmpty() && later.isPresent()) {
            hindrance = Optional.of("before '" + later.get().line().text().strip() + "' (line "
                    + later.get().line().number() + ")");
        }
        if (hindrance.isPresent()) {
            why.add("'" + comment + "' (line " + line.number() + ") stands " + hindrance.get());
            return Optional.empty();
        }
        return Optional.of(new Anchor(line));
    }
}
