/**
 * The command line: picocli commands, wiring, exit codes. A thin layer over {@code pipeline}.
 *
 * <p>In: arguments, the environment, a terminal or none. Out: results on standard output (a table, or
 * JSON with {@code --json}), progress and errors on standard error, and an
 * {@link org.patchproof.pipeline.ExitCode}.
 *
 * <p>It refuses to know how anything is done, and shows no stack trace to anyone who did not set
 * {@code PATCHPROOF_DEBUG}.
 */
package org.patchproof.cli;
