package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.patchproof.report.Findings;
import org.patchproof.report.VerdictTable;

/**
 * A report that was written.
 *
 * @param files what was written
 */
public record ReportResult(Findings findings, List<Path> files) {
    public ReportResult {
        Objects.requireNonNull(findings);
        files = List.copyOf(files);
    }

    /** As the verdicts say; what could not be read, or was not tried, is infrastructure. */
    public ExitCode exitCode() {
        return ExitCode.ofCode(findings.outcome().code());
    }

    /** For a table on a terminal. */
    public List<VerdictTable.Row> rows() {
        return FindingsOfMerge.rows(findings);
    }
}
