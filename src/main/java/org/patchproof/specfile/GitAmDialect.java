package org.patchproof.specfile;

import java.util.List;

/** Fedora 23 to 40, CentOS altarch: {@code git am %{patches}} wants mails, in declaration order. */
final class GitAmDialect implements Dialect {
    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !facts.calls(PrepCall.Kind.GIT_AM).isEmpty();
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        SpecLine line = facts.calls(PrepCall.Kind.GIT_AM).get(0).line();
        throw new Refusal(
                "line " + line.number() + " applies patches with git am: "
                        + line.text().strip(),
                "this dialect is not supported yet: add a PatchN: tag behind the last one by hand, for a patch in mail"
                        + " format (git format-patch)");
    }
}
