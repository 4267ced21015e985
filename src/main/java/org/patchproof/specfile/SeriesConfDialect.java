package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/**
 * SUSE, openEuler with {@code with_patch}: a script applies tarballs of patches as {@code series.conf}
 * lists them, with {@code patch -F0}. Series and tarballs stay the vendor's, whose digests they are;
 * ours come behind them, by tags and calls of their own, with the same rule.
 */
final class SeriesConfDialect implements Dialect {
    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !facts.calls(PrepCall.Kind.SERIES).isEmpty();
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        List<PrepCall> series = facts.calls(PrepCall.Kind.SERIES);
        PrepCall last = series.get(series.size() - 1);
        SpecFile spec = facts.spec();
        int before = facts.behindBlock(last.line());
        if (last.text().matches("\\s*\\(?\\s*cd\\b.*")) {
            throw refusal(last, "changes the directory for itself");
        }
        int first = last.line().number();
        while (first > 1 && spec.line(first).depth() > 0) {
            first--;
        }
        DirectoryMoves.between(spec, first, before - 1).ifPresent(line -> {
            throw refusal(last, "stands in an %if that changes the directory (line " + line.number() + ")");
        });
        ShellBlocks.hindrance(spec, before).ifPresent(hindrance -> {
            throw refusal(last, "stands " + hindrance);
        });
        facts.firstFrom(before, c -> true).ifPresent(later -> {
            throw refusal(later, "changes the tree behind the series");
        });
        if (!MacroFuzz.rule(spec).equals(ApplyRule.gnuPatch(0))) {
            throw refusal(last, "is applied without fuzz, yet the spec sets a fuzz for its other patches");
        }
        List<String> calls =
                patches.stream().map(p -> "%patch -P " + p.number() + " -p1").toList();
        String why = "behind the series (line " + last.line().number() + ")"
                + (last.line().depth() > 0 ? " and the %if around it" : "");
        return new DialectPlan(
                "SUSE: series.conf",
                PatchStyle.AS_GIVEN,
                ApplyRule.gnuPatch(0),
                Optional.of(new DialectPlan.Calls(before, calls, why)),
                List.of(
                        "SUSE: series.conf, own %patch -P placed " + why + ", line " + before + ", depth 0",
                        "series.conf and the patch tarballs are left as they are"));
    }

    private static Refusal refusal(PrepCall call, String what) {
        return new Refusal(
                "line " + call.line().number() + " " + what + ": " + call.text().strip(),
                "append the patches to series.conf and to the patch tarball by hand");
    }
}
