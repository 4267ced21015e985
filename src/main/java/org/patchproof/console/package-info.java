/**
 * What a kernel's console says, as evidence.
 *
 * <p>Enters: the bytes of a serial console, in chunks of any size while a guest runs or as a whole
 * file, and the patterns of one bug. Leaves: {@link org.patchproof.console.Evidence}: the symptom,
 * the exposures (the race window was really passed through), the marks of our own guest scripts, the
 * faults by an ordered table, and all damage that makes the console less than the whole truth.
 *
 * <p>Refuses to know: processes, clocks, virtual machines, any particular bug (patterns are input),
 * and what a finding means for a patch. It never guesses: objects that cannot be told apart are
 * counted as unreadable and not paired.
 */
package org.patchproof.console;
