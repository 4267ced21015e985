package org.patchproof.cli;

import java.util.List;
import org.patchproof.check.KernelReport;
import org.patchproof.pipeline.ExitCode;

/** How looks at kernels without preparing them end. */
final class CheckExit {
    private CheckExit() {}

    static ExitCode of(List<KernelReport> reports) {
        return ExitCode.worst(reports.stream().map(CheckExit::of).toList());
    }

    private static ExitCode of(KernelReport report) {
        if (!report.known()) {
            return ExitCode.INCONCLUSIVE;
        }
        return report.applies() ? ExitCode.HOPED : ExitCode.SAYS_NO;
    }
}
