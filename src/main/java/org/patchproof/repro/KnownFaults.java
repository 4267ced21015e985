package org.patchproof.repro;

import java.util.HashSet;
import java.util.Set;
import org.patchproof.console.Evidence;
import org.patchproof.console.Fault;

/**
 * The faults that are no news of a kernel under test.
 *
 * @param titles of those that its control was seen to show
 * @param controlElsewhere whether the control is tried elsewhere, so that what it shows is not known here: of what a
 *     kernel survives, who judges both together decides by the titles
 */
public record KnownFaults(Set<String> titles, boolean controlElsewhere) {
    public KnownFaults {
        titles = Set.copyOf(titles);
    }

    /** Of a kernel whose control has shown these, or of a control itself. */
    public static KnownFaults of(Set<String> titles) {
        return new KnownFaults(titles, false);
    }

    /** Of a kernel whose control is tried elsewhere. */
    public static KnownFaults elsewhere() {
        return new KnownFaults(Set.of(), true);
    }

    /** The same, where nobody is to decide later: what was not seen of the control is news. */
    KnownFaults forSure() {
        return of(titles);
    }

    /** Titles of the faults in {@code evidence} that do not decide how its trial ended, and others that would not. */
    Set<String> in(Evidence evidence) {
        Set<String> known = new HashSet<>(titles);
        if (controlElsewhere) {
            evidence.faults().stream()
                    .filter(fault -> fault.severity() == Fault.Severity.SURVIVED)
                    .forEach(fault -> known.add(fault.title()));
        }
        return known;
    }
}
