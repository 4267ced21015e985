package org.patchproof.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.ReportRequest;
import org.patchproof.pipeline.ReportResult;
import org.patchproof.pipeline.Reporting;
import org.patchproof.report.Findings;
import org.patchproof.report.VerdictTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts evidence bundles together, judges them anew, and renders index.html, junit.xml,"
                    + " kcidb.json and summary.md.",
            "",
            "Arms of different bundles are put together only where source package, guest, the bug's files and"
                    + " the class of the host (acceleration, processors at once) are equal; where not, the report"
                    + " says what differs. A bundle that is given twice counts once. Bundles must be whole, with"
                    + " their RPMs: what cannot be seen is not believed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof report runs/20261123-210613-netdev-leak-341a -o report",
            "  patchproof plan netdev-leak --json > plan.json",
            "  patchproof report agent-1/runs agent-2/runs --expect plan.json -o report",
            "",
            "Exit codes: 0 every verdict as hoped; 1 a verdict says no; 2 no bundle there;",
            "3 inconclusive; 4 a bundle cannot be read, or an expected cell is in none."
        })
final class ReportCommand implements Callable<Integer> {
    /** So many stories are told on a terminal; the page tells all. */
    private static final int STORIES = 8;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "A bundle that verify made, or a directory that holds bundles, some levels deep.")
    private List<Path> runs = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Where the report goes; made if need be.")
    private Path out;

    @Option(
            names = "--expect",
            paramLabel = "PLAN",
            description = "What plan --json wrote: what of it no bundle holds is an error in the report.")
    private Path expected;

    @Option(names = "--json", description = "The verdicts as JSON on standard output.")
    private boolean json;

    private final Screen screen;

    ReportCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        ReportResult result = Reporting.report(new ReportRequest(runs, out, Optional.ofNullable(expected)));
        ExitCode code = result.exitCode();
        if (json) {
            screen.out().println(Json.of(document(result)));
        } else {
            print(result);
            screen.out().println("Exit code " + code.code() + ": " + code.meaning());
        }
        return code.code();
    }

    private void print(ReportResult result) {
        List<VerdictTable.Row> rows = result.rows();
        screen.out().print(VerdictTable.render(rows, told(result), screen.style()));
        screen.out().println();
        result.findings().problems().forEach(problem -> screen.out().println("Not read: " + problem));
        screen.out().println("Report: " + out.resolve("index.html"));
    }

    /** Where there are many, the stories of those that are not as hoped. */
    private static List<VerdictTable.Row> told(ReportResult result) {
        List<VerdictTable.Row> rows = result.rows();
        if (rows.size() <= STORIES) {
            return rows;
        }
        List<Findings.Variant> variants = result.findings().variants().toList();
        List<VerdictTable.Row> told = new ArrayList<>();
        for (int i = 0; i < rows.size() && told.size() < STORIES; i++) {
            if (variants.get(i).outcome().hope() != Findings.Hope.HOPED) {
                told.add(rows.get(i));
            }
        }
        return told;
    }

    private Map<String, Object> document(ReportResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("report", out.resolve("index.html").toString());
        document.put("files", result.files().stream().map(Path::toString).toList());
        document.put("exitCode", result.exitCode().code());
        document.put("outcome", result.exitCode().name());
        document.put("problems", result.findings().problems());
        document.put(
                "bundles",
                result.findings().bundles().stream()
                        .map(bundle -> Map.of("id", bundle.id(), "sha256", bundle.digest()))
                        .toList());
        List<Map<String, Object>> variants = new ArrayList<>();
        for (Findings.Cell cell : result.findings().cells()) {
            cell.variants().forEach(variant -> variants.add(variant(cell, variant)));
        }
        document.put("variants", variants);
        return document;
    }

    private static Map<String, Object> variant(Findings.Cell cell, Findings.Variant variant) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bug", cell.bug());
        document.put("kernel", cell.kernel());
        document.put("label", cell.label());
        document.put("variant", variant.name());
        document.put("role", variant.role());
        document.put("verdict", variant.verdict());
        document.put("exitCode", variant.outcome().code());
        variant.trouble().ifPresent(trouble -> document.put("trouble", trouble));
        document.put(
                "bundles", variant.builds().stream().map(Findings.Build::bundle).toList());
        document.put("notes", cell.notes());
        return document;
    }
}
