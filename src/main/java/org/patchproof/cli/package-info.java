/** The command line: picocli commands, wiring, exit codes. A thin layer over {@code pipeline}. */
package org.patchproof.cli;
