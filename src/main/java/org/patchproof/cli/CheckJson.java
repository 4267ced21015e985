package org.patchproof.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchproof.check.KernelReport;
import org.patchproof.patch.HunkCheck;
import org.patchproof.patch.HunkFate;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.PatchCheck;
import org.patchproof.patch.SideBySide;

/** Results of {@code check} for programs. */
final class CheckJson {
    private CheckJson() {}

    static Map<String, Object> kernel(KernelReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kernel", report.kernel());
        document.put("source", report.nevra());
        document.put("sourceSha256", report.sha256());
        document.put("applies", report.applies());
        document.put("known", report.known());
        document.put("rule", report.rule());
        report.dialect().ifPresent(dialect -> document.put("dialect", dialect));
        report.refusal()
                .ifPresent(
                        refusal -> document.put("refusal", Map.of("seen", refusal.seen(), "remedy", refusal.remedy())));
        document.put("unfollowed", report.unfollowed());
        document.put("notes", report.notes());
        document.put(
                "patches",
                report.preflight().patches().stream().map(CheckJson::patch).toList());
        return document;
    }

    private static Map<String, Object> patch(PatchCheck check) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("patch", check.patch().name());
        document.put("sha256", check.patch().sha256());
        document.put("verdict", check.verdict().name());
        document.put("notes", check.notes());
        document.put("command", check.command());
        document.put("hunks", check.hunks().stream().map(CheckJson::hunk).toList());
        return document;
    }

    private static Map<String, Object> hunk(HunkCheck check) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", check.path());
        document.put("hunk", check.number());
        document.put("patchLine", check.hunk().line());
        document.put("header", check.hunk().header());
        HunkFate fate = check.fate();
        if (fate instanceof HunkFate.Applied applied) {
            document.put("fate", "APPLIES");
            document.put("line", applied.line());
            document.put("offset", applied.offset());
            document.put("fuzz", applied.fuzz());
        } else if (fate instanceof HunkFate.AlreadyIn in) {
            document.put("fate", "ALREADY_IN");
            document.put("line", in.line());
            document.put("offset", in.offset());
        } else if (fate instanceof HunkFate.Rejected rejected) {
            document.put("fate", "CONFLICT");
            document.put("why", rejected.why());
            document.put(
                    "sideBySide",
                    rejected.sideBySide().stream().map(CheckJson::row).toList());
        }
        return document;
    }

    private static Map<String, Object> row(SideBySide.Row row) {
        Map<String, Object> document = new LinkedHashMap<>();
        row.patchLine().ifPresent(line -> document.put("patch", line));
        row.treeLine().ifPresent(line -> {
            document.put("treeLine", row.treeNumber());
            document.put("tree", line);
        });
        document.put("mark", String.valueOf(row.mark()));
        return document;
    }

    static Map<String, Object> finding(LintFinding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", finding.file());
        document.put("line", finding.line());
        document.put("column", finding.column());
        document.put("severity", finding.severity().name());
        document.put("kind", finding.kind().name());
        document.put("problem", finding.problem());
        document.put("remedy", finding.remedy());
        return document;
    }

    static List<Map<String, Object>> findings(List<LintFinding> findings) {
        return findings.stream().map(CheckJson::finding).toList();
    }
}
