package org.patchproof.specfile;

import java.util.List;

/** A spec that applies nothing, or in a way that is not known. */
final class NoPatchesDialect implements Dialect {
    @Override
    public boolean spokenIn(SpecFacts facts) {
        return true;
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        String seen = facts.calls().stream()
                .filter(PrepCall::applies)
                .findFirst()
                .map(c -> "no known way of applying patches; line " + c.line().number() + " is nearest: "
                        + c.line().text().strip())
                .orElse("%prep applies no patches at all" + declared(facts));
        throw new Refusal(
                seen,
                "add to %prep, behind the cd into the kernel tree, a line '%patch -P N -p1' for a PatchN: tag of your"
                        + " own, then inject again: that spec is understood");
    }

    private static String declared(SpecFacts facts) {
        return facts.patchTags().isEmpty()
                ? ""
                : ", though " + facts.patchTags().size() + " are declared (from line "
                        + facts.patchTags().get(0).line().number() + ")";
    }
}
