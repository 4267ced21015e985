package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;

/**
 * Looks at a finished spec as if somebody else had written it: is each patch declared once, last, at
 * depth 0, under a number of its own, and applied last?
 */
final class FinalCheck {
    private FinalCheck() {}

    static void require(SpecFile spec, DialectPlan plan, List<NumberedPatch> patches) {
        SpecFacts facts = SpecFacts.of(spec);
        List<PatchTag> tags = facts.patchTags();
        int from = tags.size() - patches.size();
        for (int i = 0; i < patches.size(); i++) {
            NumberedPatch patch = patches.get(i);
            PatchTag tag = from < 0 ? null : tags.get(from + i);
            boolean declared = tag != null
                    && tag.line().text().equals(patch.tag())
                    && tag.line().depth() == 0
                    && tag.line().section() == Section.PREAMBLE
                    && tags.stream()
                                    .filter(t -> t.number().equals(tag.number()))
                                    .count()
                            == 1;
            if (!declared) {
                throw notSure(patch.name() + " would not be declared last, once, and unconditionally");
            }
        }
        plan.calls().ifPresent(calls -> requireCalls(facts, calls.lines()));
    }

    private static void requireCalls(SpecFacts facts, List<String> expected) {
        List<PrepCall> calls = facts.calls();
        int from = calls.size() - expected.size();
        List<String> last = calls.subList(Math.max(0, from), calls.size()).stream()
                .map(c -> c.line().text())
                .toList();
        boolean reached = calls.subList(Math.max(0, from), calls.size()).stream()
                .allMatch(c -> c.line().depth() == 0);
        Optional<String> hindrance = calls.isEmpty()
                ? Optional.empty()
                : ShellBlocks.hindrance(
                        facts.spec(), calls.get(calls.size() - 1).line().number());
        if (!last.equals(expected) || !reached || hindrance.isPresent()) {
            throw notSure("the patches would not be applied last and unconditionally");
        }
    }

    private static Refusal notSure(String what) {
        return new Refusal(what, "this is a fault of patchproof: report it with this spec; until then edit by hand");
    }
}
