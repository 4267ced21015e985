package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchproof.files.FileDigest;
import org.patchproof.report.Findings;
import org.patchproof.report.Findings.Hope;
import org.patchproof.report.Findings.Outcome;
import org.patchproof.report.VerdictTable;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;

/** Puts merged cells into the words of the report room, with the texts that the bundles hold. */
final class FindingsOfMerge {
    private final Merge merge;
    private final Path out;
    private final Map<String, Optional<String>> patches = new HashMap<>();

    private FindingsOfMerge(Merge merge, Path out) {
        this.merge = merge;
        this.out = out;
    }

    /**
     * What {@code merge} shows, and what of {@code expected} is missing in it.
     *
     * @param out the directory of the report, from which links lead to the bundles
     */
    static Findings of(Merge merge, Optional<Expectation> expected, Path out) {
        return new FindingsOfMerge(merge, out).findings(expected);
    }

    private Findings findings(Optional<Expectation> expected) {
        List<Findings.Cell> cells = new ArrayList<>();
        Map<String, Long> perKernel = new HashMap<>();
        merge.cells().forEach(cell -> perKernel.merge(kernelKey(cell), 1L, Long::sum));
        Map<String, Integer> seen = new HashMap<>();
        for (MergedCell cell : merge.cells()) {
            int number = seen.merge(kernelKey(cell), 1, Integer::sum);
            String kernel = cell.conditions().kernel();
            String label = perKernel.get(kernelKey(cell)) == 1 ? kernel : kernel + " #" + number;
            cells.add(cell(cell, label));
        }
        List<String> problems = new ArrayList<>(merge.problems());
        expected.ifPresent(plan -> cells.addAll(missing(plan, cells)));
        List<ExitCode> codes = new ArrayList<>();
        if (!problems.isEmpty()) {
            codes.add(ExitCode.INFRASTRUCTURE);
        }
        cells.stream()
                .flatMap(cell -> cell.variants().stream())
                .forEach(variant -> codes.add(ExitCode.ofCode(variant.outcome().code())));
        return new Findings(
                merge.runs().stream().map(this::bundle).toList(),
                cells,
                problems,
                outcome(ExitCode.worst(codes)),
                patches);
    }

    private static String kernelKey(MergedCell cell) {
        return cell.conditions().bug() + " " + cell.conditions().kernel();
    }

    static Outcome outcome(ExitCode code) {
        Hope hope = switch (code) {
            case HOPED -> Hope.HOPED;
            case SAYS_NO -> Hope.SAYS_NO;
            case INCONCLUSIVE -> Hope.INCONCLUSIVE;
            case INFRASTRUCTURE, WRONG_REQUEST -> Hope.TROUBLE;
        };
        return new Outcome(hope, code.code(), code.meaning());
    }

    /** A cell for each kernel of which something that was to be tried is in no bundle. */
    private static List<Findings.Cell> missing(Expectation plan, List<Findings.Cell> cells) {
        Set<String> there = new HashSet<>();
        for (Findings.Cell cell : cells) {
            if (cell.bug().equals(plan.bug())) {
                cell.variants().stream()
                        .filter(variant -> variant.verdict().lane() == plan.lane())
                        .forEach(variant ->
                                there.add(cell.kernel() + " " + variant.name().replaceFirst("@[0-9a-f]{8}$", "")));
            }
        }
        Map<String, List<Findings.Variant>> lacking = new LinkedHashMap<>();
        for (Expectation.Wanted wanted : plan.wanted()) {
            if (!there.contains(wanted.kernel() + " " + wanted.variant())) {
                lacking.computeIfAbsent(wanted.kernel(), k -> new ArrayList<>()).add(untried(wanted));
            }
        }
        List<Findings.Cell> missing = new ArrayList<>();
        lacking.forEach((kernel, variants) -> missing.add(new Findings.Cell(
                plan.bug(), kernel, kernel, Optional.empty(), Optional.empty(), List.of(), List.of(), variants)));
        return missing;
    }

    private static Findings.Variant untried(Expectation.Wanted wanted) {
        String reason = "no bundle holds it: it was to be tried, and nobody brought a result";
        return new Findings.Variant(
                wanted.variant(),
                PartsInWords.role(wanted.role()),
                new Verdict(
                        Verdict.Word.INCONCLUSIVE,
                        reason,
                        Numbers.NONE,
                        "INCONCLUSIVE: " + reason + ".",
                        Optional.empty()),
                outcome(ExitCode.INFRASTRUCTURE),
                Optional.of(reason),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Findings.Bundle bundle(SavedRun run) {
        RunRecord record = run.record();
        return new Findings.Bundle(
                run.id(),
                run.digest(),
                link(run.directory()),
                record.patchproof(),
                record.state(),
                record.started(),
                record.updated(),
                record.host().os() + ", " + record.host().kernel() + ", "
                        + record.host().processors() + " processors",
                record.host().acceleration() + " (" + record.host().accelerationReason() + ")",
                record.asked().stopping().standard().confidence());
    }

    private String link(Path directory) {
        Path from = out.toAbsolutePath().normalize();
        Path to = directory.toAbsolutePath().normalize();
        if (!from.getRoot().equals(to.getRoot())) {
            return "";
        }
        String way = from.relativize(to).toString().replace('\\', '/');
        return way.isEmpty() ? "./" : way + "/";
    }

    private Findings.Cell cell(MergedCell cell, String label) {
        return new Findings.Cell(
                cell.conditions().bug(),
                cell.conditions().kernel(),
                label,
                first(cell).flatMap(part -> part.cell().source()).map(PartsInWords::source),
                cell.conditions().guest().map(PartsInWords::guest),
                cell.conditions().words(),
                cell.notes(),
                cell.variants().stream().map(this::variant).toList());
    }

    private static Optional<MergedVariant.Part> first(MergedCell cell) {
        return cell.variants().stream()
                .flatMap(variant -> variant.parts().stream())
                .map(MergedVariant.Held::part)
                .findFirst();
    }

    private Findings.Variant variant(MergedVariant variant) {
        MergedVariant.Part part = variant.parts().get(0).part();
        List<Findings.Patch> series = part.variant().patches().stream()
                .map(patch -> new Findings.Patch(patch.name(), patch.sha256()))
                .toList();
        for (MergedVariant.Held held : variant.parts()) {
            held.part().variant().patches().forEach(patch -> keep(held.part(), patch));
        }
        return new Findings.Variant(
                variant.name(),
                PartsInWords.role(variant.role()),
                variant.verdict(),
                outcome(variant.exitCode()),
                variant.trouble(),
                series,
                variant.parts().stream().map(PartsInWords::build).toList(),
                TrialsInWords.of(variant),
                variant.parts().stream()
                        .flatMap(held -> held.part().variant().failure().stream())
                        .flatMap(failure -> failure.lines().stream())
                        .toList());
    }

    /** The patch's text, if a bundle has the file with this digest. */
    private void keep(MergedVariant.Part part, RunRecord.PatchRecord patch) {
        if (patches.getOrDefault(patch.sha256(), Optional.empty()).isEmpty()) {
            String name =
                    part.cell().kernel() + "/" + part.variant().name() + "/" + BuildStage.PATCHES + "/" + patch.name();
            Optional<String> text = BundleFiles.bytes(part.run().directory(), name)
                    .filter(bytes -> FileDigest.sha256(bytes).equals(patch.sha256()))
                    .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            patches.put(patch.sha256(), text);
        }
    }

    /** The rows of a table on a terminal. */
    static List<VerdictTable.Row> rows(Findings findings) {
        return findings.cells().stream()
                .flatMap(cell -> cell.variants().stream()
                        .map(variant -> new VerdictTable.Row(
                                cell.label(), variant.name(), variant.role(), variant.verdict(), variant.trouble())))
                .toList();
    }
}
