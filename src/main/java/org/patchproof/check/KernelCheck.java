package org.patchproof.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchCheck;
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

/** Checks a series on one kernel, as its spec would apply it: after the vendor's own patches. */
final class KernelCheck {
    private final Preflight preflight;
    private final PatchSeries series;
    private final VendorTree vendor;

    KernelCheck(Preflight preflight, PatchSeries series) {
        this.preflight = preflight;
        this.series = series;
        this.vendor = new VendorTree(preflight, series.paths());
    }

    KernelReport check(String kernel, SourceFiles source) throws IOException {
        SpecFile spec = source.parsed();
        InjectionOutcome outcome = inject(spec);
        Optional<Injected> injected =
                outcome.match(Optional::of, already -> Optional.of(already.asInjected()), refused -> Optional.empty());
        Optional<KernelReport.Refusal> refusal = outcome.match(
                done -> Optional.empty(),
                already -> Optional.empty(),
                refused -> Optional.of(new KernelReport.Refusal(refused.seen(), refused.remedy())));
        ApplyRule rule = rule(injected);
        TreeFiles tree = vendor.after(source, spec, rule, injected);
        PreflightReport preflighted = preflight.check(series, tree, rule);
        if (vendor.withoutConditional().isPresent()) {
            PreflightReport without =
                    preflight.check(series, vendor.withoutConditional().get(), rule);
            if (!verdicts(without).equals(verdicts(preflighted))) {
                vendor.openByCondition();
            }
        }
        preflighted.patches().stream()
                .filter(p -> p.verdict() == PatchCheck.Verdict.APPLIES && p.fuzz() > 0)
                .forEach(p -> vendor.note(p.patch().name() + " applies with fuzz " + p.fuzz()
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
                vendor.unfollowed(),
                vendor.notes());
    }

    private static List<PatchCheck.Verdict> verdicts(PreflightReport report) {
        return report.patches().stream().map(PatchCheck::verdict).toList();
    }

    private InjectionOutcome inject(SpecFile spec) {
        return SpecInjector.inject(spec, new InjectionRequest(series, Optional.empty(), Optional.empty()));
    }

    private static ApplyRule rule(Optional<Injected> injected) {
        return injected.map(Injected::rule).orElse(ApplyRule.gnuPatch(0));
    }

    /** git am applies as git apply does, on patches in mail form. */
    private static String words(ApplyRule rule, Optional<Injected> injected) {
        boolean mail = injected.filter(i -> i.patchStyle() == PatchStyle.MAIL).isPresent();
        return mail ? "git am" : rule.words();
    }

    /** The files as they are when the spec comes to apply ours: behind the vendor's patches. */
    PreparedFiles prepared(SourceFiles source) throws IOException {
        SpecFile spec = source.parsed();
        Optional<Injected> injected = inject(spec)
                .match(Optional::of, already -> Optional.of(already.asInjected()), refused -> Optional.empty());
        TreeFiles tree = vendor.after(source, spec, rule(injected), injected);
        return new PreparedFiles(tree, vendor.unfollowed(), vendor.notes());
    }
}
