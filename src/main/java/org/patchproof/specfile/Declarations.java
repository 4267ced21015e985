package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;

/** Where and under which numbers patches are declared. */
final class Declarations {
    /** The number of the placeholder in the RHEL and Fedora lineage; ours need not be above it. */
    private static final int PLACEHOLDER = 999_999;

    /** Nine digits: what the tags of a spec are read with. */
    private static final int NUMBER_LIMIT = 999_999_999;

    /** Needs no quoting in a shell, and means itself in a regular expression (a dot aside). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

    private static final Pattern PACKED = Pattern.compile(".*\\.(?:gz|bz2|xz|lzma|zst|zip|Z|7z)");

    private Declarations() {}

    /**
     * Gives each patch a number that the spec does not use, not even in a false {@code %if}: above all
     * others, and above every range that is applied, so that it is last whether a tool goes by declaration or by number.
     */
    static List<NumberedPatch> number(SpecFacts facts, PatchSeries series) {
        requireNames(facts, series);
        Set<Integer> used = new HashSet<>();
        int unnumbered = 0;
        for (PatchTag tag : facts.patchTags()) {
            tag.number().ifPresent(used::add);
            unnumbered += tag.number().isPresent() ? 0 : 1;
        }
        int highest = used.stream()
                .filter(n -> n != PLACEHOLDER)
                .mapToInt(n -> n)
                .max()
                .orElse(0);
        int next = 1 + unnumbered + Math.max(highest, RangesDialect.highest(facts.calls()));
        if (next > NUMBER_LIMIT - series.patches().size()) {
            throw new Refusal(
                    "the spec uses patch numbers up to " + (next - 1) + ", which leaves none above them",
                    "give its patches lower numbers");
        }
        List<NumberedPatch> numbered = new ArrayList<>();
        for (Patch patch : series.patches()) {
            while (used.contains(next)) {
                next++;
            }
            numbered.add(new NumberedPatch(next++, patch));
        }
        return numbered;
    }

    private static void requireNames(SpecFacts facts, PatchSeries series) {
        for (Patch patch : series.patches()) {
            String name = patch.name();
            if (!NAME.matcher(name).matches() || PACKED.matcher(name).matches()) {
                throw new Refusal(
                        "the patch is named '" + name + "': specs use names in shell words and regular expressions,"
                                + " and unpack by suffix",
                        "rename it with letters, digits, '.', '_' and '-' only, as " + proposal(name));
            }
            declared(facts, name).ifPresent(tag -> {
                throw new Refusal(
                        "the spec declares a file " + name + " already, in line "
                                + tag.line().number(),
                        "rename the patch, or take that line and its call out of the spec");
            });
        }
    }

    private static Optional<PatchTag> declared(SpecFacts facts, String name) {
        List<PatchTag> tags = new ArrayList<>(facts.patchTags());
        tags.addAll(PatchTag.sources(facts.spec()));
        return tags.stream().filter(t -> t.fileName().equals(name)).findFirst();
    }

    private static String proposal(String name) {
        String plain =
                name.replaceFirst("\\.(?:gz|bz2|xz|lzma|zst|zip|Z|7z)$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
        return plain.replaceFirst("^[.-]+", "") + (plain.endsWith(".patch") ? "" : ".patch");
    }

    /**
     * The line before which the tags go: behind the last Patch tag and every {@code %if} around it,
     * still among the main package's tags.
     */
    static int place(SpecFacts facts) {
        List<PatchTag> tags = facts.patchTags();
        refuseLists(facts);
        if (tags.isEmpty()) {
            tags = PatchTag.sources(facts.spec());
        }
        Optional<PatchTag> stray =
                tags.stream().filter(t -> t.line().section() == Section.PACKAGE).findFirst();
        if (tags.isEmpty() || stray.isPresent()) {
            throw new Refusal(
                    stray.map(t -> "a patch is declared inside a %package, in line "
                                    + t.line().number())
                            .orElse("the spec declares neither a Patch nor a Source"),
                    "declare at least one Patch or Source among the main package's tags, and none elsewhere");
        }
        SpecLine last = tags.get(tags.size() - 1).line();
        int place = facts.behindBlock(last);
        if (place > facts.spec().lines().size() || !before(facts.spec(), place)) {
            throw new Refusal(
                    "the last patch is declared in line " + last.number()
                            + ", inside an %if that goes on beyond the tags",
                    "close that %if before the first section, as %description");
        }
        return place;
    }

    private static boolean before(SpecFile spec, int place) {
        SpecLine line = spec.line(place);
        boolean begins =
                line.kind() == SpecLine.Kind.SECTION && spec.line(place - 1).section() == Section.PREAMBLE;
        return line.section() == Section.PREAMBLE || begins;
    }

    private static void refuseLists(SpecFacts facts) {
        facts.spec()
                .in(Section.PATCHLIST)
                .filter(l -> l.kind() == SpecLine.Kind.SECTION)
                .findFirst()
                .ifPresent(line -> {
                    throw new Refusal(
                            "line " + line.number() + " begins a %patchlist: its patches come behind declared ones",
                            "this is not supported yet: declare those patches by Patch tags");
                });
    }
}
