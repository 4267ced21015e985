package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;

/**
 * Bundles -> cells. Arms are put together only where their {@link Conditions} are equal; what was
 * tried under others is a cell of its own.
 *
 * @param runs each run once, oldest first
 * @param problems bundles that could not be read, in words
 */
record Merge(List<SavedRun> runs, List<MergedCell> cells, List<String> problems) {

    /** A cell of one bundle. */
    record Page(SavedRun run, CellRecord cell) {}

    /**
     * Reads {@code directories} and puts together what may be. Bundles of {@code build} hold no trial and
     * are passed over: who tried their packages has them.
     */
    static Merge of(List<Path> directories) throws IOException {
        Map<String, SavedRun> byId = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Path directory : directories) {
            try {
                SavedRun run = SavedRun.read(directory);
                if (run.record().state().equals(ShippedBuild.STATE)) {
                    continue; // packages for other hosts, not trials
                }
                byId.merge(run.id(), run, Merge::later);
            } catch (WrongRequestException e) {
                problems.add(e.getMessage());
            }
        }
        List<SavedRun> runs = byId.values().stream()
                .sorted(Comparator.comparing((SavedRun run) -> run.record().started())
                        .thenComparing(SavedRun::id))
                .toList();
        return new Merge(runs, cells(runs), problems);
    }

    /** A run that was copied, or resumed after a copy was made, counts once: as it stands last. */
    private static SavedRun later(SavedRun one, SavedRun other) {
        return other.record().updated().isAfter(one.record().updated()) ? other : one;
    }

    private static List<MergedCell> cells(List<SavedRun> runs) throws IOException {
        Map<String, Map<Conditions, List<Page>>> kernels = new TreeMap<>();
        Map<Conditions, Set<String>> compilers = compilers(runs);
        for (SavedRun run : runs) {
            for (CellRecord cell : run.record().cells()) {
                Conditions own = Conditions.of(run.record(), cell);
                kernels.computeIfAbsent(run.record().bug() + " " + cell.kernel(), k -> new LinkedHashMap<>())
                        .computeIfAbsent(settled(own, compilers.get(own.with(""))), c -> new ArrayList<>())
                        .add(new Page(run, cell));
            }
        }
        List<MergedCell> cells = new ArrayList<>();
        for (Map<Conditions, List<Page>> kernel : kernels.values()) {
            for (Map.Entry<Conditions, List<Page>> one : kernel.entrySet()) {
                cells.add(MergedCell.of(one.getKey(), one.getValue(), others(kernel, one.getKey())));
            }
        }
        return cells;
    }

    /** The compilers that are known, of all that is equal but for them. */
    private static Map<Conditions, Set<String>> compilers(List<SavedRun> runs) {
        Map<Conditions, Set<String>> known = new HashMap<>();
        for (SavedRun run : runs) {
            for (CellRecord cell : run.record().cells()) {
                Conditions own = Conditions.of(run.record(), cell);
                known.computeIfAbsent(own.with(""), c -> new TreeSet<>()).add(own.compiler());
            }
        }
        known.values().forEach(compilers -> compilers.remove(""));
        return known;
    }

    /** A bundle that built nothing, or does not say with what, is no other case where there is one compiler only. */
    private static Conditions settled(Conditions own, Set<String> known) {
        boolean unknown = own.compiler().isEmpty() && known.size() == 1;
        return unknown ? own.with(known.iterator().next()) : own;
    }

    /** Why the other cells of this kernel were not put together with this one. */
    private static List<String> others(Map<Conditions, List<Page>> kernel, Conditions own) {
        List<String> notes = new ArrayList<>();
        String mine = kernel.get(own).get(0).run().id();
        kernel.forEach((conditions, pages) -> {
            if (!conditions.equals(own)) {
                String theirs = pages.get(0).run().id();
                notes.add("not put together with run " + theirs + ": "
                        + String.join("; ", own.differences(conditions, mine, theirs)));
            }
        });
        return notes;
    }

    /** The variants of {@code pages} by name; one name with two series becomes two variants. */
    static Map<String, List<MergedVariant.Part>> byVariant(List<Page> pages) {
        Map<String, Map<List<String>, List<MergedVariant.Part>>> named = new LinkedHashMap<>();
        for (Page page : pages) {
            for (VariantRecord variant : page.cell().variants()) {
                named.computeIfAbsent(variant.name(), n -> new LinkedHashMap<>())
                        .computeIfAbsent(Conditions.digests(variant.patches()), d -> new ArrayList<>())
                        .add(new MergedVariant.Part(page.run(), page.cell(), variant));
            }
        }
        Map<String, List<MergedVariant.Part>> variants = new LinkedHashMap<>();
        named.forEach((name, series) -> series.forEach((digests, parts) -> {
            String last = digests.isEmpty() ? "" : digests.get(digests.size() - 1);
            String brief = last.substring(0, Math.min(8, last.length()));
            variants.put(series.size() == 1 ? name : name + "@" + brief, parts);
        }));
        return variants;
    }
}
