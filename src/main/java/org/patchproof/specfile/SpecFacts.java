package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What dialects look at, found once.
 *
 * @param spec the file
 * @param patchTags all Patch tags, in order
 * @param functions shell functions of {@code %prep}
 * @param calls what {@code %prep} does to the tree, in order
 */
record SpecFacts(SpecFile spec, List<PatchTag> patchTags, List<ShellFunction> functions, List<PrepCall> calls) {

    /** Reads a spec; refuses one whose {@code %prep} is not one unconditional section. */
    static SpecFacts of(SpecFile spec) {
        List<SpecLine> preps = spec.lines().stream()
                .filter(l -> l.kind() == SpecLine.Kind.SECTION && l.section() == Section.PREP)
                .toList();
        if (preps.isEmpty()) {
            throw new Refusal(
                    "the spec has no %prep line: there is nowhere to apply a patch",
                    "give the kernel package's own spec, not one that only repackages a built kernel");
        }
        if (preps.size() > 1 || preps.get(0).depth() > 0) {
            throw new Refusal(
                    "%prep stands " + (preps.size() > 1 ? preps.size() + " times" : "inside an %if") + " (line "
                            + preps.get(0).number() + ")",
                    "leave one unconditional %prep in the spec and try again");
        }
        return new SpecFacts(spec, patchTags(spec), spec.functions(), spec.calls());
    }

    /** Those of included files stand where the file is included. */
    private static List<PatchTag> patchTags(SpecFile spec) {
        List<PatchTag> tags = new ArrayList<>(PatchTag.patches(spec));
        tags.addAll(IncludedFiles.tags(spec));
        tags.sort(Comparator.comparingInt(t -> t.line().number()));
        return List.copyOf(tags);
    }

    List<PrepCall> calls(PrepCall.Kind kind) {
        return calls.stream().filter(c -> c.kind() == kind).toList();
    }

    Optional<ShellFunction> function(String name) {
        List<ShellFunction> found =
                functions.stream().filter(f -> f.name().equals(name)).toList();
        if (found.size() > 1) {
            throw new Refusal(
                    name + "() is defined in line " + found.get(0).line().number() + " and again in line "
                            + found.get(1).line().number(),
                    "which of them is in force is not sure: leave one");
        }
        return found.stream().findFirst();
    }

    /** The first call at or behind {@code line} that {@code which} accepts. */
    Optional<PrepCall> firstFrom(int line, Predicate<PrepCall> which) {
        return calls.stream()
                .filter(c -> c.line().number() >= line)
                .filter(which)
                .findFirst();
    }

    /**
     * The first line behind the block of {@code %if}s that {@code line} stands in: the next one when
     * it stands in none.
     */
    int behindBlock(SpecLine line) {
        int next = line.number() + 1;
        if (line.depth() == 0) {
            while (next <= spec.lines().size() && spec.line(next - 1).text().endsWith("\\")) {
                next++;
            }
            return next;
        }
        while (next <= spec.lines().size()) {
            SpecLine candidate = spec.line(next);
            next++;
            if (candidate.depth() == 0 && candidate.kind() == SpecLine.Kind.CONDITIONAL && closes(candidate)) {
                return next;
            }
        }
        throw new Refusal(
                "the %if around line " + line.number() + " is never closed",
                "close it with %endif, as rpmbuild wants it");
    }

    private static boolean closes(SpecLine line) {
        return line.text().strip().startsWith("%endif");
    }
}
