package org.patchproof.specfile;

import java.util.List;

/** One way in which kernel specs apply patches. */
interface Dialect {

    /** Whether this spec speaks it, by evidence in the file. */
    boolean spokenIn(SpecFacts facts);

    /** How to apply {@code patches} last; throws a {@link Refusal} when that is not sure. */
    DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches);

    /** All dialects; the first that a spec speaks is taken. */
    static List<Dialect> all() {
        return List.of(
                new GitAmDialect(),
                new ApplyFunctionDialect(new GitApplyFunction()),
                new ApplyFunctionDialect(new ListedFunction()),
                new ApplyFunctionDialect(new UnlistedFunction()),
                new RangesDialect(),
                new AutoDialect(),
                new NumberedDialect(),
                new SeriesConfDialect(),
                new NoPatchesDialect());
    }
}
