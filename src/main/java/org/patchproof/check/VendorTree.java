package org.patchproof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.LooseDiff;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchCheck;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.Preflight;
import org.patchproof.patch.TreeFiles;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.OtherTrees;
import org.patchproof.specfile.SeriesElsewhere;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.UnfollowedPatches;
import org.patchproof.specfile.VendorPatches;
import org.patchproof.specfile.VendorPatches.VendorPatch;

/** What a vendor's own patches make of some files, and what of it is not known. */
final class VendorTree {
    private static final int NAMED_LIMIT = 5;

    private final Preflight preflight;
    private final Set<String> paths;
    private final List<String> notes = new ArrayList<>();
    private final List<String> unfollowed = new ArrayList<>();
    private final List<String> followed = new ArrayList<>();
    private final Set<String> conditional = new LinkedHashSet<>();
    private Optional<TreeFiles> withoutConditional = Optional.empty();

    VendorTree(Preflight preflight, Set<String> paths) {
        this.preflight = preflight;
        this.paths = paths;
    }

    /** For a person: which of the vendor's patches are in the files, and what was noted besides. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** As in {@link KernelReport}. */
    List<String> unfollowed() {
        return List.copyOf(unfollowed);
    }

    /**
     * The files of {@code source} as they are then.
     *
     * @param rule with which a patch is applied of which the spec says no other
     * @param injected what became of the spec with ours; where it has no place for them, a series that it applies
     *     elsewhere is followed
     */
    TreeFiles after(SourceFiles source, SpecFile spec, ApplyRule rule, Optional<Injected> injected) throws IOException {
        TreeFiles tree = source.files();
        TreeFiles without = tree;
        UnfollowedPatches.of(spec, source.names(), paths).forEach(this::unfollowed);
        List<VendorPatch> applied = new ArrayList<>(VendorPatches.of(spec));
        if (injected.isEmpty()) {
            SeriesElsewhere.of(spec).ifPresent(elsewhere -> applied.addAll(elsewhere(elsewhere)));
        }
        for (VendorPatch patch : applied) {
            source.troubles().getOrDefault(patch.file(), List.of()).forEach(this::unfollowed);
            for (SourceFiles.Vendor file : source.vendor()) {
                if (file.from().equals(patch.file()) && isInTree(file, patch, spec, injected)) {
                    ApplyRule own = patch.how().rule().orElse(rule);
                    tree = afterOne(file, patch, tree, own);
                    if (patch.when() == VendorPatches.When.CONDITIONALLY) {
                        conditional.add(file.name());
                    } else if (!conditional.isEmpty()) {
                        without = tried(file, patch, without, own).tree();
                    } else {
                        without = tree;
                    }
                }
            }
            sayFollowed(patch);
        }
        sayNotApplied(source, applied);
        if (!conditional.isEmpty()) {
            withoutConditional = Optional.of(without);
        }
        return tree;
    }

    /** The files without the patches that an {@code %if} decides of, where there are such. */
    Optional<TreeFiles> withoutConditional() {
        return withoutConditional;
    }

    /** Says that it depends on those what becomes of ours. */
    void openByCondition() {
        unfollowed("an %if decides whether the vendor's " + String.join(", ", conditional)
                + ", which touches the same files, is applied, and without it something else would become of ours");
    }

    private boolean isInTree(SourceFiles.Vendor file, VendorPatch patch, SpecFile spec, Optional<Injected> injected) {
        Optional<String> line = new OtherTrees(spec, injected).between(patch);
        line.ifPresent(l -> unfollowed("the vendor's " + file.name()
                + " touches the same files, and in which folder is not sure, behind it is " + l));
        return line.isEmpty();
    }

    /** Where macros hide the name of a patch that is applied, it may be any of those. */
    private void sayNotApplied(SourceFiles source, List<VendorPatch> applied) {
        Optional<String> hidden = applied.stream()
                .map(VendorPatch::file)
                .filter(file -> file.indexOf('%') >= 0)
                .findFirst();
        for (SourceFiles.Vendor file : source.vendor()) {
            if (applied.stream().anyMatch(patch -> patch.file().equals(file.from()))) {
                continue;
            }
            if (hidden.isPresent()) {
                unfollowed("the package's " + file.name()
                        + " touches the same files, and may be what the spec applies as " + hidden.get());
            } else {
                note("the package's " + file.name() + " touches the same files; no line of the spec that we"
                        + " understand applies it");
            }
        }
    }

    private List<VendorPatch> elsewhere(SeriesElsewhere elsewhere) {
        String line = "line " + elsewhere.line() + " applies a series to sources that are only packed ("
                + elsewhere.text() + ")";
        if (elsewhere.plan().isEmpty()) {
            note(line + ", and how is not understood: what stands below was tried on a tree without it");
            return List.of();
        }
        note(line + ": what stands below was tried behind it");
        return List.of(elsewhere.plan().get().asPatch(VendorPatches.When.ALWAYS, elsewhere.line()));
    }

    private void unfollowed(String what) {
        if (!unfollowed.contains(what)) {
            unfollowed.add(what);
            note("the spec changes the tree in a way that is not followed here (" + what
                    + "): what becomes of the patches behind it cannot be known by check; verify does");
        }
    }

    void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    /** Of a long series a line says enough. */
    private void sayFollowed(VendorPatch patch) {
        String when = when(patch);
        if (followed.size() > NAMED_LIMIT) {
            note("after " + followed.size() + " patches of the vendor's " + patch.file()
                    + ", which touch the same files, the last of them " + followed.get(followed.size() - 1) + when);
        } else {
            followed.forEach(name -> note("after the vendor's " + name + ", which touches the same files" + when));
        }
        followed.clear();
    }

    private static String when(VendorPatch patch) {
        return patch.when() == VendorPatches.When.ALWAYS ? "" : " (inside an %if: taken to be applied)";
    }

    private TreeFiles afterOne(SourceFiles.Vendor file, VendorPatch how, TreeFiles before, ApplyRule rule)
            throws IOException {
        if (!file.guards().isEmpty()) {
            unfollowed("the vendor's " + file.name() + " touches the same files, and symbols decide in " + file.from()
                    + " whether it is applied: " + String.join(" ", file.guards()));
            return before;
        }
        Tried tried = tried(file, how, before, rule);
        if (tried.whole()) {
            followed.add(file.name());
        } else {
            unfollowed("the vendor's " + file.name() + " touches the same files, and it was not understood wholly"
                    + when(how));
        }
        return tried.tree();
    }

    /** What a patch makes of some files, and whether all of it went in. */
    private record Tried(TreeFiles tree, boolean whole) {}

    private Tried tried(SourceFiles.Vendor file, VendorPatch how, TreeFiles before, ApplyRule rule) throws IOException {
        TreeFiles tree = before;
        boolean whole = true;
        int number = 0;
        for (LooseDiff.Section section : sections(file, how)) {
            if (!paths.contains(section.path())) {
                continue;
            }
            Optional<Patch> part = part(file.label() + "." + ++number, section);
            if (part.isEmpty()) {
                whole = false;
                continue;
            }
            Preflight.Applied applied = preflight.apply(new PatchSeries(file.label(), List.of(part.get())), tree, rule);
            tree = applied.files();
            whole &= applied.checks().get(0).verdict() == PatchCheck.Verdict.APPLIES;
        }
        return new Tried(tree, whole);
    }

    /** What is kept of a packed patch has its names as for {@code -p1} already. */
    private static List<LooseDiff.Section> sections(SourceFiles.Vendor file, VendorPatch how) {
        return LooseDiff.sections(file.bytes(), file.packed() ? 1 : how.how().strip());
    }

    private static Optional<Patch> part(String name, LooseDiff.Section section) {
        try {
            return Optional.of(PatchReader.parse(name, section.text().getBytes(StandardCharsets.ISO_8859_1)));
        } catch (PatchFormatException e) {
            return Optional.empty();
        }
    }
}
