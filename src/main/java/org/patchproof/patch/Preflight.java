package org.patchproof.patch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.patchproof.patch.ToolRun.HunkWord;
import org.patchproof.process.CommandRunner;

/** Tries a series on scratch copies of the files that it touches; the tree itself is only read. */
public final class Preflight {
    private final GnuPatchTool gnu;
    private final GitApplyTool git;

    /** A preflight that starts its tools with {@code runner}. */
    public Preflight(CommandRunner runner) {
        Objects.requireNonNull(runner);
        gnu = new GnuPatchTool(runner);
        git = new GitApplyTool(runner);
    }

    /**
     * What would become of {@code series} in {@code tree} under {@code rule}.
     *
     * @throws IOException when the tree cannot be read or the scratch directory not be written
     * @throws org.patchproof.process.CommandException when a tool is missing, or fails otherwise than
     *     by rejecting a hunk
     */
    public PreflightReport check(PatchSeries series, Path tree, ApplyRule rule) throws IOException {
        try (ScratchTree scratch = ScratchTree.copy(tree, series.paths())) {
            return check(series, scratch, rule);
        } catch (UnfitTreeException e) {
            return allRejected(series, rule, e);
        }
    }

    /**
     * As {@link #check(PatchSeries, Path, ApplyRule)}, for a tree of which only some files are at hand.
     *
     * @param files all that {@code series} touches, as far as the tree has them
     */
    public PreflightReport check(PatchSeries series, TreeFiles files, ApplyRule rule) throws IOException {
        try (ScratchTree scratch = ScratchTree.of(files, series.paths())) {
            return check(series, scratch, rule);
        } catch (UnfitTreeException e) {
            return allRejected(series, rule, e);
        }
    }

    /**
     * What becomes of {@code files} when each of {@code series} is applied as far as it goes, without a
     * word about those that do not apply; for patches that come before the ones that matter.
     *
     * @return the files after the patches that applied wholly
     */
    public Applied apply(PatchSeries series, TreeFiles files, ApplyRule rule) throws IOException {
        List<PatchCheck> checks = new ArrayList<>();
        try (ScratchTree scratch = ScratchTree.of(files, series.paths())) {
            for (Patch patch : series.patches()) {
                checks.add(checkOne(patch, scratch, rule, List.of(), false));
            }
            return new Applied(files.with(series.paths(), scratch.state()), checks);
        } catch (UnfitTreeException e) {
            return new Applied(files, allRejected(series, rule, e).patches());
        }
    }

    /**
     * A tree after some patches.
     *
     * @param files the files as they are then
     * @param checks what became of each patch
     */
    public record Applied(TreeFiles files, List<PatchCheck> checks) {
        public Applied {
            Objects.requireNonNull(files);
            checks = List.copyOf(checks);
        }
    }

    private PreflightReport check(PatchSeries series, ScratchTree scratch, ApplyRule rule) throws IOException {
        List<PatchCheck> checks = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Patch patch : series.patches()) {
            PatchCheck check = checkOne(patch, scratch, rule, notes, true);
            checks.add(check);
            if (check.verdict() != PatchCheck.Verdict.APPLIES) {
                notes.add("tried on a tree without " + patch.name());
            }
        }
        return new PreflightReport(rule, checks);
    }

    /**
     * One patch of the series.
     *
     * @param strict whether a hunk that lands in another function than it names is none that applies: a build takes
     *     it, as it does with the vendor's own patches, and no proof
     */
    private PatchCheck checkOne(Patch patch, ScratchTree scratch, ApplyRule rule, List<String> earlier, boolean strict)
            throws IOException {
        Map<String, String> before = scratch.state();
        Tried tried = tryOne(patch, before, scratch, rule).looked(patch, before, strict);
        List<String> notes = new ArrayList<>(earlier);
        PatchCheck.Verdict verdict = verdict(patch, tried, notes);
        List<HunkCheck> hunks = new ArrayList<>();
        for (TouchedFile touched : patch.files()) {
            for (int i = 1; i <= touched.hunks().size(); i++) {
                Hunk hunk = touched.hunks().get(i - 1);
                hunks.add(new HunkCheck(touched.path(), i, hunk, fate(touched, i, tried, before)));
            }
        }
        if (verdict != PatchCheck.Verdict.APPLIES) {
            scratch.restore(before);
        }
        return new PatchCheck(patch, verdict, hunks, notes, tried.in().command());
    }

    private Tried tryOne(Patch patch, Map<String, String> before, ScratchTree scratch, ApplyRule rule)
            throws IOException {
        if (!AlreadyThere.possible(patch, before)) {
            ToolRun in = apply(patch, scratch, rule);
            // Where all went in, nobody asks which hunks would come out.
            return Tried.of(in, in.tookAll(patch) ? ToolRun.NOTHING : reverse(patch, before, scratch));
        }
        FutureTask<ToolRun> backward = new FutureTask<>(() -> reverse(patch, before, scratch));
        // In and out at the same time, each on files of its own: most of the time is spent starting processes.
        new Thread(backward, "preflight").start();
        ToolRun in;
        ToolRun out;
        try {
            in = apply(patch, scratch, rule);
        } finally {
            out = result(backward);
        }
        return Tried.of(in, out);
    }

    private ToolRun apply(Patch patch, ScratchTree scratch, ApplyRule rule) throws IOException {
        String file = scratch.writePatch(patch);
        return rule instanceof ApplyRule.GnuPatch p
                ? gnu.apply(scratch, file, p.maxFuzz())
                : git.apply(scratch, file, patch);
    }

    private ToolRun reverse(Patch patch, Map<String, String> before, ScratchTree scratch) throws IOException {
        try (ScratchTree twin = scratch.twin(before)) {
            return gnu.reverse(twin, twin.writePatch(patch));
        }
    }

    private static ToolRun result(FutureTask<ToolRun> task) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static PatchCheck.Verdict verdict(Patch patch, Tried tried, List<String> notes) {
        ToolRun forward = tried.in();
        boolean in = tried.out().tookAll(patch) && tried.outOf().right();
        boolean applies = forward.tookAll(patch);
        if (in) {
            if (applies) {
                notes.add("the tree has this patch already, and it would be applied a second time");
            }
            return PatchCheck.Verdict.ALREADY_IN;
        }
        if (!applies && forward.firstMissing(patch).isEmpty()) {
            notes.add("the tool failed although it rejected no hunk: "
                    + forward.output().strip());
        }
        return applies && tried.into().right() ? PatchCheck.Verdict.APPLIES : PatchCheck.Verdict.REJECTED;
    }

    private static HunkFate fate(TouchedFile file, int number, Tried tried, Map<String, String> before) {
        Hunk hunk = file.hunks().get(number - 1);
        Optional<HunkWord> applied = tried.in().success(file.path(), number);
        Optional<HunkWord> in = tried.out().success(file.path(), number);
        Optional<String> wrong = tried.into().wrong(file.path(), number);
        Optional<String> wrongOut = tried.outOf().wrong(file.path(), number);
        if (applied.isPresent() && wrong.isEmpty()) {
            HunkWord word = applied.get();
            return new HunkFate.Applied(word.line(), word.offset(), word.fuzz());
        }
        if (in.isPresent() && wrongOut.isEmpty()) {
            return new HunkFate.AlreadyIn(
                    hunk.newStart() + in.get().offset(), in.get().offset());
        }
        Optional<String> content = Optional.ofNullable(before.get(file.path()));
        return new HunkFate.Rejected(
                wrong.map(why -> "it would land in the wrong function: " + why)
                        .or(() -> wrongOut.map(why -> "what it makes is in the tree in another function: " + why))
                        .orElseGet(() -> whyRejected(file, hunk, content)),
                ScratchTree.excerpt(content, hunk.oldStart(), hunk.oldCount()),
                content.map(text -> SideBySide.of(hunk, ScratchTree.lines(content)))
                        .orElse(List.of()));
    }

    private static String whyRejected(TouchedFile file, Hunk hunk, Optional<String> content) {
        if (file.change() == TouchedFile.Change.CREATED) {
            return content.isPresent() ? "the tree has the file that it creates" : "the file was not created";
        }
        if (content.isEmpty()) {
            return "the tree has no such file";
        }
        return SideBySide.hasAdded(hunk, ScratchTree.lines(content))
                ? "the tree has the lines that it adds, among others than it expects"
                : "the tree has other lines there";
    }

    private static PreflightReport allRejected(PatchSeries series, ApplyRule rule, UnfitTreeException unfit) {
        List<PatchCheck> checks = series.patches().stream()
                .map(p -> new PatchCheck(
                        p, PatchCheck.Verdict.REJECTED, List.of(), List.of(String.valueOf(unfit.getMessage())), ""))
                .toList();
        return new PreflightReport(rule, checks);
    }
}
