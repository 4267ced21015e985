/**
 * What earlier runs showed, in a database: SQLite in a file, or PostgreSQL for a team.
 *
 * <p>Enters: {@link org.patchproof.history.RunFacts}, what one bundle holds. Leaves: answers over time
 * ({@link org.patchproof.history.Questions}).
 *
 * <p>Refuses to know: bundles, files of a run, verdicts' reasons. The bundles are the truth; the
 * database is made from them and can be made again. JDBC and the migrations' library live here.
 */
package org.patchproof.history;
