/**
 * The only place that starts a process.
 *
 * <p>In: a {@link org.patchproof.process.Command}, a value. Out: a
 * {@link org.patchproof.process.CommandResult}, a record. Every command has a time limit, both its
 * streams are drained into one log file, and its whole process group dies with it: at the time
 * limit, on cancellation, and when this JVM dies in whatever way.
 *
 * <p>It knows nothing of kernels, packages or virtual machines.
 */
package org.patchproof.process;
