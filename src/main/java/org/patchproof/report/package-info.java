/**
 * Verdicts and progress, as a person reads them on a terminal.
 *
 * <p>In: verdicts, and words on what goes on. Out: text. A verdict is printed with the numbers behind it
 * and with what was left out; nothing is concluded here.
 *
 * <p>It reads no clock (whoever wants elapsed times brings one), starts nothing, and refuses to know
 * where a verdict comes from. Text from kernels and compilers is made harmless to a terminal first.
 */
package org.patchproof.report;
