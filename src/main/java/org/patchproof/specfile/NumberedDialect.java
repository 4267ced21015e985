package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.patch.PatchStyle;

/** Mariner, ELRepo ml, Xen, openEuler: one {@code %patchN -p1} or {@code %patch -P N -p1} per patch. */
final class NumberedDialect implements Dialect {
    private static final Pattern OLD_FORM = Pattern.compile("\\s*%patch\\d+\\s.*");
    private static final Pattern MOVES =
            Pattern.compile("^\\s*(?:cd|pushd|popd)\\b.*|.*(?:;|&&)\\s*(?:cd|pushd|popd)\\b.*");

    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !facts.calls(PrepCall.Kind.NUMBERED).isEmpty();
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        List<PrepCall> numbered = facts.calls(PrepCall.Kind.NUMBERED);
        PrepCall last = numbered.get(numbered.size() - 1);
        int before = facts.behindBlock(last.line());
        requireSamePlace(facts, last, before);
        requireReached(facts, last, before);
        boolean old = OLD_FORM.matcher(last.text()).matches();
        List<String> calls = patches.stream()
                .map(p -> (old ? "%patch" + p.number() : "%patch -P " + p.number()) + " -p1")
                .toList();
        String name = old ? "explicit %patchN" : "explicit %patch -P N";
        String why = "behind the last %patch (line " + last.line().number() + ")"
                + (last.line().depth() > 0 ? " and the %if around it" : "");
        return new DialectPlan(
                name,
                PatchStyle.AS_GIVEN,
                MacroFuzz.rule(facts.spec()),
                Optional.of(new DialectPlan.Calls(before, calls, why)),
                List.of(name + ", placed " + why + ", line " + before + ", depth 0"));
    }

    private static void requireSamePlace(SpecFacts facts, PrepCall last, int before) {
        String options = " " + last.text() + " ";
        boolean goesOn = last.line().text().endsWith("\\");
        if (goesOn || !options.matches(".*\\s-p\\s*1\\s.*") || options.matches(".*\\s(?:-d|-R|--directory)\\b.*")) {
            throw new Refusal(
                    "line " + last.line().number() + " is not a plain '-p1' patch: "
                            + last.text().strip(),
                    "where the kernel tree is at that point is not sure: add a last '%patch -P N -p1' in the tree by hand");
        }
        int first = last.line().number();
        while (last.line().depth() > 0 && first > 1 && facts.spec().line(first).depth() > 0) {
            first--;
        }
        for (int i = first; i < before; i++) {
            SpecLine line = facts.spec().line(i);
            if (line.kind() == SpecLine.Kind.TEXT && MOVES.matcher(line.text()).matches()) {
                throw new Refusal(
                        "line " + i + " changes the directory inside the %if of the last %patch: "
                                + line.text().strip(),
                        "where the kernel tree is behind that %if is not sure: add a '%patch -P N -p1' there by hand");
            }
        }
    }

    private static void requireReached(SpecFacts facts, PrepCall last, int before) {
        ShellBlocks.hindrance(facts.spec(), before).ifPresent(hindrance -> {
            throw new Refusal(
                    "the last %patch (line " + last.line().number() + ") stands " + hindrance,
                    "take it out of there, or add an unconditional '%patch -P N -p1' behind it by hand");
        });
        facts.firstFrom(before, call -> true).ifPresent(call -> {
            throw new Refusal(
                    "line " + call.line().number() + " changes the tree behind the last %patch: "
                            + call.line().text().strip(),
                    "which patch is last is not sure: move that line before the last %patch");
        });
    }
}
