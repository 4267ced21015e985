package org.patchproof.specfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.patch.PatchStyle;

/**
 * Mariner, ELRepo ml, Xen, openEuler, older Photon: one {@code %patchN -p1} or {@code %patch -P N -p1}
 * per patch. The kernel's tree is where the first of them is applied; the last may be a driver's.
 */
final class NumberedDialect implements Dialect {
    private static final Pattern OLD_FORM = Pattern.compile("\\s*%patch\\d+\\s.*");
    private static final Pattern INTO_SIBLING = Pattern.compile("\\s*pushd\\s+['\"]?\\.\\./.*");

    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !facts.calls(PrepCall.Kind.NUMBERED).isEmpty();
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        List<PrepCall> numbered = facts.calls(PrepCall.Kind.NUMBERED);
        PrepCall last = numbered.get(numbered.size() - 1);
        int before = facts.behindBlock(last.line());
        requirePlain(last);
        before = inFirstTree(facts, numbered.get(0), last, before);
        requireReached(facts, last, before);
        int place = Undoing.behind(facts, before, patches);
        boolean old = OLD_FORM.matcher(last.text()).matches();
        List<String> calls = patches.stream()
                .map(p -> (old ? "%patch" + p.number() : "%patch -P " + p.number()) + " -p1")
                .toList();
        String name = old ? "explicit %patchN" : "explicit %patch -P N";
        String why = "behind the last %patch (line " + last.line().number() + ")"
                + (last.line().depth() > 0 ? " and the %if around it" : "")
                + (place > before ? " and what would undo them up to line " + (place - 1) : "");
        return new DialectPlan(
                name,
                PatchStyle.AS_GIVEN,
                MacroFuzz.rule(facts.spec()),
                Optional.of(new DialectPlan.Calls(place, calls, why)),
                List.of(name + ", placed " + why + ", line " + place + ", depth 0"));
    }

    private static void requirePlain(PrepCall last) {
        String options = " " + last.text() + " ";
        boolean goesOn = last.line().text().endsWith("\\");
        if (goesOn || !options.matches(".*\\s-p\\s*1\\s.*") || options.matches(".*\\s(?:-d|-R|--directory)\\b.*")) {
            throw new Refusal(
                    "line " + last.line().number() + " is not a plain '-p1' patch: "
                            + last.text().strip(),
                    "where the kernel tree is at that point is not sure: add a last '%patch -P N -p1' in the tree by hand");
        }
    }

    /** At or behind {@code before}, where the directory is the one of the first patch; else refuses. */
    private static int inFirstTree(SpecFacts facts, PrepCall first, PrepCall last, int before) {
        SpecFile spec = facts.spec();
        int from = first.line().number() + 1;
        int block = last.line().number();
        while (last.line().depth() > 0 && block > 1 && spec.line(block).depth() > 0) {
            block--;
        }
        int place = DirectoryMoves.behindPopd(spec, from, before);
        DirectoryMoves.between(spec, Math.min(from, block), place - 1)
                .or(() -> siblingAt(spec, first))
                .ifPresent(line -> {
                    throw new Refusal(
                            "line " + line.number() + " changes the directory among the %patch lines (" + (from - 1)
                                    + " to " + last.line().number() + "): "
                                    + line.text().strip(),
                            "where the kernel tree is behind them is not sure: add a '%patch -P N -p1' there by hand");
                });
        facts.calls().stream()
                .filter(c -> !c.applies() || c.kind() == PrepCall.Kind.AUTOSETUP)
                .filter(c -> c.line().number() >= from && c.line().number() < place)
                .findFirst()
                .ifPresent(call -> {
                    throw new Refusal(
                            "line " + call.line().number() + " unpacks a tree among the %patch lines: "
                                    + call.text().strip(),
                            "move that line before the first patch");
                });
        return place;
    }

    /** A {@code pushd ../x} that is open at the first patch: that is no kernel's tree. */
    private static Optional<SpecLine> siblingAt(SpecFile spec, PrepCall first) {
        Deque<SpecLine> open = new ArrayDeque<>();
        spec.in(Section.PREP)
                .filter(l -> l.kind() == SpecLine.Kind.TEXT
                        && l.number() < first.line().number())
                .forEach(l -> {
                    if (l.text().strip().matches("pushd\\b.*")) {
                        open.push(l);
                    } else if (l.text().strip().matches("popd\\b.*")) {
                        open.poll();
                    }
                });
        return open.stream()
                .filter(l -> INTO_SIBLING.matcher(l.text()).matches())
                .findFirst();
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
