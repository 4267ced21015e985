package org.patchproof.pipeline;

import org.patchproof.repro.TrialEnd;

/**
 * The starts of one kernel that failed without a word of whose fault it was: when enough of them say that it does
 * not boot. Safe for several threads.
 */
final class BootTries {
    private int doubtful;

    /** What was known when a start began: how many had failed in doubt. */
    synchronized int seen() {
        return doubtful;
    }

    /**
     * Whether the kernel does not boot. One that says itself why it died does not, whatever its other starts
     * did. One that is silent, or whose machine did not start, is given a second try, which begins when the
     * first is over, and the benefit of any boot: the host may be at fault.
     *
     * @param seen what was known when this start began
     * @param booted whether any start of it came as far as to prove what it is
     */
    synchronized boolean failed(TrialEnd end, int seen, boolean booted) {
        if (end.bootFailure().isEmpty()) {
            return false;
        }
        if (end.bootDoubt().isEmpty()) {
            return true;
        }
        doubtful++;
        return seen > 0 && !booted;
    }
}
