/**
 * One trial: boot, install, prove what booted, provoke, watch -> {@link org.patchproof.repro.Trial}.
 *
 * <p>Enters: built packages, a guest, a bug's scripts and patterns. Leaves: the outcome of one trial
 * with its exposures, faults and where on the console each stands.
 *
 * <p>Refuses to know: what other trials showed (but for the faults of the control, which are given to
 * it) and what the outcomes mean together: that is the verdict's.
 */
package org.patchproof.repro;
