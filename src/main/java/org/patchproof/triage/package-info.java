/**
 * Logs of machines in production to known bugs.
 *
 * <p>In: log files as operators have them (kernel log, journal, kubelet, containerd, docker, Calico;
 * plain or packed) and the bugs of the specs. Out: a {@link org.patchproof.triage.TriageReport}:
 * which bug, on which node and device, since when, how sure, what else it could be, and what to run.
 *
 * <p>Refuses to know: any particular bug (all that is special to one is in its spec), virtual machines,
 * trials. It reads each log once, keeps only counts and times, and says where its evidence stands.
 */
package org.patchproof.triage;
