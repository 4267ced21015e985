package org.patchproof.specfile;

import java.util.List;

/** SUSE, openEuler with {@code with_patch}: series.conf and tarballs of patches. */
final class SeriesConfDialect implements Dialect {
    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !facts.calls(PrepCall.Kind.SERIES).isEmpty();
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        SpecLine line = facts.calls(PrepCall.Kind.SERIES).get(0).line();
        throw new Refusal(
                "line " + line.number() + " applies patches from a series file: "
                        + line.text().strip(),
                "this dialect is not supported yet: append the patches to series.conf and to the patch tarball by hand");
    }
}
