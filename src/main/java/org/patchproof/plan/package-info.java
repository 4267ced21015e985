/**
 * The YAML under {@code specs/}, read and checked.
 *
 * <p>In: a {@link org.patchproof.plan.Workspace} (a folder with {@code specs/} and {@code patches/})
 * and a {@link org.patchproof.plan.PlanRequest}. Out: a {@link org.patchproof.plan.Plan}, values only,
 * or one {@link org.patchproof.plan.PlanException} with every
 * {@link org.patchproof.plan.Problem} of all the files that the plan needs, each with file, line,
 * column and a remedy.
 *
 * <p>What is written in YAML is taken as text: {@code fixed-by: 12345e67} is a commit and no number,
 * {@code 010} is never eight. Nothing of a file is ever constructed, only read.
 *
 * <p>It refuses to know whether a patch applies, whether a source package is there, what a script
 * does, or what this host can build or boot. snakeyaml lives only here.
 */
package org.patchproof.plan;
