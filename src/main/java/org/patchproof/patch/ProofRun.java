package org.patchproof.patch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.patchproof.patch.ToolRun.HunkKey;
import org.patchproof.patch.ToolRun.HunkWord;

/** One proof: the series out, the series in, the tree again. */
final class ProofRun {
    /** No packaging applies patches with more. */
    private static final int WIDEST_FUZZ = 2;

    private final PatchSeries series;
    private final ScratchTree scratch;
    private final GnuPatchTool tool;
    private final List<String> commands = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<HunkProof> hunks = new ArrayList<>();
    /** The tree before the first patch, after the first, and so on to the tree as it was given. */
    private final List<Map<String, String>> states = new ArrayList<>();

    ProofRun(PatchSeries series, ScratchTree scratch, GnuPatchTool tool) {
        this.series = series;
        this.scratch = scratch;
        this.tool = tool;
    }

    ProofOutcome run(SortedSet<String> paths) throws IOException {
        states.add(scratch.state());
        for (int i = series.patches().size() - 1; i >= 0; i--) {
            Optional<ProofOutcome> broken = takeOut(series.patches().get(i));
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        for (int i = 0; i < series.patches().size(); i++) {
            Optional<ProofOutcome> broken = putBack(series.patches().get(i), states.get(i + 1));
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        List<FileProof> files = files(paths);
        return new ProofOutcome.Carried(series.digest(), files, baseDigest(files), hunks, notes, commands);
    }

    private Optional<ProofOutcome> takeOut(Patch patch) throws IOException {
        Map<String, String> with = states.get(0);
        String file = scratch.writePatch(patch);
        ToolRun out = tool.reverse(scratch, file);
        commands.add(out.command());
        if (!out.tookAll(patch)) {
            String why = "it cannot be taken out of the tree with exact context" + fuzzWords(patch, file, with);
            return Optional.of(broken(patch, out, with, why, true));
        }
        Map<String, String> without = scratch.state();
        states.add(0, without);
        Optional<ProofOutcome> elsewhere = checkSections(patch, out, without);
        return elsewhere.isPresent() ? elsewhere : checkOnce(patch, file, without);
    }

    /** What to do where it was applied, but with fuzz: a packaging may take that, a proof does not. */
    private String fuzzWords(Patch patch, String file, Map<String, String> with) throws IOException {
        scratch.restore(with);
        ToolRun loose = tool.reverse(scratch, file, WIDEST_FUZZ);
        commands.add(loose.command());
        scratch.restore(with);
        return loose.tookAll(patch)
                ? "; with fuzz it can: lines around it are others than it says, and where it belongs is not sure."
                        + " Make it again on this kernel's tree (rediff)"
                : "";
    }

    private Optional<ProofOutcome> checkSections(Patch patch, ToolRun out, Map<String, String> without) {
        for (TouchedFile file : patch.files()) {
            List<String> lines = ScratchTree.lines(Optional.ofNullable(without.get(file.path())));
            for (int i = 1; i <= file.hunks().size(); i++) {
                Hunk hunk = file.hunks().get(i - 1);
                if (file.change() != TouchedFile.Change.MODIFIED) {
                    continue;
                }
                if (hunk.section().isEmpty()) {
                    noteOtherPlaces(patch.name() + ": " + file.path() + " hunk " + i, hunk, lines);
                    continue;
                }
                int line = out.success(file.path(), i).map(HunkWord::line).orElse(0);
                SectionCheck.Finding finding = SectionCheck.check(hunk, lines, line);
                if (finding.kind() == SectionCheck.Kind.ELSEWHERE) {
                    return Optional.of(notCarried(patch, file, hunk, finding.why(), without, line));
                }
                if (finding.kind() == SectionCheck.Kind.UNSURE) {
                    notes.add(patch.name() + ": " + file.path() + " hunk " + i + ": " + finding.why());
                }
            }
        }
        return Optional.empty();
    }

    /** Where the tool had a choice, and the header names no function, nobody can tell whether it chose well. */
    private void noteOtherPlaces(String name, Hunk hunk, List<String> lines) {
        int places = SectionCheck.places(hunk.oldLines(), lines);
        if (places > 1) {
            notes.add(name + ": it names no function, and its lines stand in the file " + places
                    + " times: which of them not checked");
        }
    }

    private Optional<ProofOutcome> checkOnce(Patch patch, String file, Map<String, String> without) throws IOException {
        ToolRun again = tool.reverse(scratch, file);
        commands.add(again.command());
        scratch.restore(without);
        if (again.tookAll(patch)) {
            TouchedFile first = patch.files().get(0);
            int line = again.success(first.path(), 1).map(HunkWord::line).orElse(1);
            String why = "it is in the tree more than once: after taking it out, it can be taken out again";
            return Optional.of(notCarried(patch, first, first.hunks().get(0), why, without, line));
        }
        for (Map.Entry<HunkKey, HunkWord> hunk : again.hunks().entrySet()) {
            if (hunk.getValue().succeeded()) {
                notes.add(patch.name() + ": " + hunk.getKey().path() + " hunk "
                        + hunk.getKey().number() + ": the tree holds the same lines a second time");
            }
        }
        return Optional.empty();
    }

    private Optional<ProofOutcome> putBack(Patch patch, Map<String, String> expected) throws IOException {
        Map<String, String> before = scratch.state();
        ToolRun in = tool.apply(scratch, scratch.writePatch(patch), 0);
        commands.add(in.command());
        if (!in.tookAll(patch)) {
            return Optional.of(
                    broken(patch, in, before, "taken out, it does not go in again with exact context", false));
        }
        for (TouchedFile file : patch.files()) {
            for (int i = 1; i <= file.hunks().size(); i++) {
                HunkWord word = in.success(file.path(), i).orElseThrow();
                hunks.add(new HunkProof(patch.name(), file.path(), i, word.line(), word.offset()));
            }
        }
        Map<String, String> after = scratch.state();
        if (after.equals(expected)) {
            return Optional.empty();
        }
        TouchedFile differs = patch.files().stream()
                .filter(f ->
                        !Optional.ofNullable(after.get(f.path())).equals(Optional.ofNullable(expected.get(f.path()))))
                .findFirst()
                .orElse(patch.files().get(0));
        String why = "taken out and put back, " + differs.path()
                + " is not the same: a hunk fits in more than one place, and stands in the other one";
        return Optional.of(notCarried(patch, differs, differs.hunks().get(0), why, expected, 1));
    }

    private ProofOutcome broken(Patch patch, ToolRun run, Map<String, String> tree, String why, boolean reversed) {
        Optional<HunkKey> missing = run.firstMissing(patch);
        if (missing.isEmpty()) {
            String said = why + "; the tool said: " + run.output().strip();
            return new ProofOutcome.NotCarried(
                    patch.name(), Optional.empty(), Optional.empty(), said, List.of(), commands);
        }
        TouchedFile file = patch.files().stream()
                .filter(f -> f.path().equals(missing.get().path()))
                .findFirst()
                .orElseThrow();
        Hunk hunk = file.hunks().get(missing.get().number() - 1);
        String there = tree.containsKey(file.path()) ? "" : "; the tree has no file " + file.path();
        int line = reversed ? hunk.newStart() : hunk.oldStart();
        return notCarried(patch, file, hunk, why + there, tree, line);
    }

    private ProofOutcome notCarried(
            Patch patch, TouchedFile file, Hunk hunk, String why, Map<String, String> tree, int line) {
        Optional<String> content = Optional.ofNullable(tree.get(file.path()));
        return new ProofOutcome.NotCarried(
                patch.name(),
                Optional.of(file.path()),
                Optional.of(hunk),
                why,
                ScratchTree.excerpt(content, line, Math.max(hunk.oldCount(), hunk.newCount())),
                commands);
    }

    private List<FileProof> files(SortedSet<String> paths) {
        Map<String, String> base = states.get(0);
        Map<String, String> tree = states.get(states.size() - 1);
        return paths.stream()
                .map(p -> new FileProof(p, digest(base.get(p)), digest(tree.get(p))))
                .toList();
    }

    private static Optional<String> digest(String content) {
        return Optional.ofNullable(content)
                .map(c -> Sha256.of(c.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    private static String baseDigest(List<FileProof> files) {
        StringBuilder all = new StringBuilder();
        files.forEach(f -> all.append(f.path())
                .append('\0')
                .append(f.before().orElse("absent"))
                .append('\n'));
        return Sha256.of(all.toString());
    }
}
