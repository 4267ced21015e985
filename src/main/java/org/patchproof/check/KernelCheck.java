package org.patchproof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.LooseDiff;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchCheck;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.Preflight;
import org.patchproof.patch.PreflightReport;
import org.patchproof.patch.TreeFiles;
import org.patchproof.specfile.InjectionOutcome;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;
import org.patchproof.specfile.UnfollowedPatches;
import org.patchproof.specfile.VendorPatches;
import org.patchproof.specfile.VendorPatches.VendorPatch;

/** Checks a series on one kernel, as its spec would apply it: after the vendor's own patches. */
final class KernelCheck {
    private static final int NAMED_LIMIT = 5;

    private final Preflight preflight;
    private final PatchSeries series;
    private final List<String> notes = new ArrayList<>();
    private final List<String> unfollowed = new ArrayList<>();
    private final List<String> followed = new ArrayList<>();

    KernelCheck(Preflight preflight, PatchSeries series) {
        this.preflight = preflight;
        this.series = series;
    }

    KernelReport check(String kernel, SourceFiles source) throws IOException {
        SpecFile spec = source.parsed();
        InjectionOutcome outcome =
                SpecInjector.inject(spec, new InjectionRequest(series, Optional.empty(), Optional.empty()));
        Optional<Injected> injected =
                outcome.match(Optional::of, already -> Optional.of(already.asInjected()), refused -> Optional.empty());
        Optional<KernelReport.Refusal> refusal = outcome.match(
                done -> Optional.empty(),
                already -> Optional.empty(),
                refused -> Optional.of(new KernelReport.Refusal(refused.seen(), refused.remedy())));
        ApplyRule rule = injected.map(Injected::rule).orElse(ApplyRule.gnuPatch(0));
        TreeFiles tree = afterVendor(source, spec, rule);
        PreflightReport preflighted = preflight.check(series, tree, rule);
        preflighted.patches().stream()
                .filter(p -> p.verdict() == PatchCheck.Verdict.APPLIES && p.fuzz() > 0)
                .forEach(p -> notes.add(p.patch().name() + " applies with fuzz " + p.fuzz()
                        + " only: rpmbuild takes that, verify and release refuse it, as where it belongs is not sure."
                        + " Make it again on this kernel's tree (rediff)"));
        return new KernelReport(
                kernel,
                source.nevra(),
                source.sha256(),
                words(rule, injected),
                injected.map(Injected::dialect),
                refusal,
                preflighted,
                unfollowed,
                notes);
    }

    /** git am applies as git apply does, on patches in mail form. */
    private static String words(ApplyRule rule, Optional<Injected> injected) {
        boolean mail = injected.filter(i -> i.patchStyle() == PatchStyle.MAIL).isPresent();
        return mail ? "git am" : rule.words();
    }

    private TreeFiles afterVendor(SourceFiles source, SpecFile spec, ApplyRule rule) throws IOException {
        TreeFiles tree = source.files();
        UnfollowedPatches.of(spec, source.names(), series.paths()).forEach(this::unfollowed);
        List<VendorPatch> applied = VendorPatches.of(spec);
        for (VendorPatch patch : applied) {
            source.troubles().getOrDefault(patch.file(), List.of()).forEach(this::unfollowed);
            for (SourceFiles.Vendor file : source.vendor()) {
                if (file.from().equals(patch.file())) {
                    tree = afterOne(file, patch, tree, patch.rule().orElse(rule));
                }
            }
            sayFollowed(patch);
        }
        for (SourceFiles.Vendor file : source.vendor()) {
            if (applied.stream().noneMatch(patch -> patch.file().equals(file.from()))) {
                note("the package's " + file.name() + " touches the same files; no line of the spec that we"
                        + " understand applies it");
            }
        }
        return tree;
    }

    private void unfollowed(String what) {
        if (!unfollowed.contains(what)) {
            unfollowed.add(what);
            note("the spec changes the tree in a way that is not followed here (" + what
                    + "): what becomes of the patches behind it cannot be known by check; verify does");
        }
    }

    private void note(String text) {
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
        TreeFiles tree = before;
        boolean whole = true;
        int number = 0;
        for (LooseDiff.Section section : LooseDiff.sections(file.bytes())) {
            if (!series.paths().contains(section.path())) {
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
        if (whole) {
            followed.add(file.name());
        } else if (how.when() == VendorPatches.When.ALWAYS || how.rule().isPresent()) {
            unfollowed("the vendor's " + file.name() + " touches the same files, and it was not understood wholly");
        } else {
            note("the vendor's " + file.name() + " touches the same files and could not be followed wholly" + when(how)
                    + ": what stands below may differ from what rpmbuild does");
        }
        return tree;
    }

    /** The files as they are when the spec comes to apply ours: behind the vendor's patches. */
    PreparedFiles prepared(SourceFiles source) throws IOException {
        SpecFile spec = source.parsed();
        return new PreparedFiles(afterVendor(source, spec, rule(spec)), unfollowed, notes);
    }

    private ApplyRule rule(SpecFile spec) {
        return SpecInjector.inject(spec, new InjectionRequest(series, Optional.empty(), Optional.empty()))
                .match(Injected::rule, already -> already.asInjected().rule(), refused -> ApplyRule.gnuPatch(0));
    }

    private static Optional<Patch> part(String name, LooseDiff.Section section) {
        try {
            return Optional.of(PatchReader.parse(name, section.text().getBytes(StandardCharsets.ISO_8859_1)));
        } catch (PatchFormatException e) {
            return Optional.empty();
        }
    }
}
