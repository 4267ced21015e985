package org.patchproof.specfile;

import java.util.Optional;
import java.util.OptionalInt;

/** Whether a vendor's patch is applied in the directory in which ours will be. */
public final class OtherTrees {
    private final SpecFile spec;
    private final int place;

    /**
     * For a spec.
     *
     * @param injected what became of it with ours; where there is no place for ours, the last that is applied counts
     */
    public OtherTrees(SpecFile spec, Optional<InjectionOutcome.Injected> injected) {
        this.spec = spec;
        OptionalInt ours = injected.map(OtherTrees::place).orElse(OptionalInt.empty());
        int last = spec.calls().stream()
                .filter(PrepCall::applies)
                .mapToInt(c -> c.line().number())
                .max()
                .orElse(0);
        this.place = ours.orElse(last);
    }

    /** The first line of {@code %prep}, as the vendor's file counts, before which something of ours stands. */
    private static OptionalInt place(InjectionOutcome.Injected injected) {
        int added = 0;
        for (Placement placement : injected.placements()) {
            if (injected.spec().line(placement.line()).section() == Section.PREP) {
                return OptionalInt.of(placement.line() - added);
            }
            added += Marks.isWas(placement.text()) ? 0 : 1;
        }
        return OptionalInt.empty();
    }

    /** The line, as a person reads it, that goes elsewhere between a patch and ours. */
    public Optional<String> between(VendorPatches.VendorPatch patch) {
        Optional<SpecLine> unpacks = spec.calls().stream()
                .filter(c -> c.kind() == PrepCall.Kind.SETUP || c.kind() == PrepCall.Kind.AUTOSETUP)
                .map(PrepCall::line)
                .filter(l -> l.number() > patch.line() && l.number() < place)
                .findFirst();
        return DirectoryMoves.between(spec, patch.line() + 1, place - 1)
                .or(() -> unpacks)
                .map(l -> "line " + l.number() + ": " + l.text().strip());
    }
}
