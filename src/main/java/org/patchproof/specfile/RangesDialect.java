package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.PatchStyle;

/**
 * Photon: {@code %autopatch -p1 -m0 -M49}, several of them, some inside an {@code %if}, some in another
 * tree. A number outside all ranges is skipped in silence: ours have such numbers on purpose, and a
 * range of their own, behind all others.
 */
final class RangesDialect implements Dialect {
    private static final Pattern LOW = Pattern.compile("\\s-m\\s*(\\d{1,9})\\b");
    private static final Pattern HIGH = Pattern.compile("\\s-M\\s*(\\d{1,9})\\b");

    @Override
    public boolean spokenIn(SpecFacts facts) {
        return facts.calls(PrepCall.Kind.AUTOPATCH).stream().anyMatch(RangesDialect::ranged);
    }

    private static boolean ranged(PrepCall call) {
        return LOW.matcher(call.text()).find() || HIGH.matcher(call.text()).find();
    }

    /** The highest number that some range takes in; 0 where there is none. */
    static int highest(List<PrepCall> calls) {
        int highest = 0;
        for (PrepCall call : calls) {
            Matcher m = HIGH.matcher(call.text());
            if (call.kind() == PrepCall.Kind.AUTOPATCH && m.find()) {
                highest = Math.max(highest, Integer.parseInt(m.group(1)));
            }
        }
        return highest;
    }

    /** Whether a call without a range, or the range that it gives, takes in a patch of that number. */
    static boolean takes(PrepCall call, OptionalInt number) {
        Matcher low = LOW.matcher(call.text());
        Matcher high = HIGH.matcher(call.text());
        boolean above = !low.find() || number.isEmpty() || number.getAsInt() >= Integer.parseInt(low.group(1));
        return above && (!high.find() || number.isEmpty() || number.getAsInt() <= Integer.parseInt(high.group(1)));
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        List<PrepCall> calls = new ArrayList<>(facts.calls());
        calls.removeIf(c -> !c.applies() && c.kind() == PrepCall.Kind.SETUP);
        calls.forEach(RangesDialect::requireBounded);
        PrepCall base = base(facts, calls);
        PrepCall last = facts.calls().get(facts.calls().size() - 1);
        int before = facts.behindBlock(last.line());
        before = Math.max(
                before, DirectoryMoves.behindPopd(facts.spec(), base.line().number() + 1, before));
        requireSameTree(facts, base, last, before);
        List<String> own = patches.stream()
                .map(p -> "%autopatch -p1 -m" + p.number() + " -M" + p.number())
                .toList();
        String why = "behind the last line that touches the tree (line "
                + last.line().number() + "), in the directory of line "
                + base.line().number();
        return new DialectPlan(
                "Photon: %autopatch by ranges",
                PatchStyle.AS_GIVEN,
                MacroFuzz.rule(facts.spec()),
                Optional.of(new DialectPlan.Calls(before, own, why)),
                List.of(
                        "Photon: %autopatch by ranges, " + own.size() + " own ranges placed " + why + ", line " + before
                                + ", depth 0",
                        "the vendor's ranges end at " + highest(facts.calls()) + ": ours are outside all of them"));
    }

    /** The last range that is surely applied, to say which directory the kernel's tree is. */
    private static PrepCall base(SpecFacts facts, List<PrepCall> calls) {
        PrepCall base = null;
        for (PrepCall call : calls) {
            boolean plain = call.kind() == PrepCall.Kind.AUTOPATCH
                    && call.line().depth() == 0
                    && ShellBlocks.hindrance(facts.spec(), call.line().number()).isEmpty();
            if (plain && pushed(facts.spec(), call.line().number()) == 0) {
                base = call;
            }
        }
        if (base == null) {
            throw new Refusal(
                    "no range of patches is applied unconditionally (first: line "
                            + calls.get(0).line().number() + ": "
                            + calls.get(0).text().strip() + ")",
                    "where the kernel tree is at the end of %prep is not sure: add an unconditional '%autopatch -p1 -mN"
                            + " -MN' in the tree by hand");
        }
        return base;
    }

    /** How many pushd of other trees are open before a line; the first pushd or cd may be into the kernel's. */
    private static int pushed(SpecFile spec, int before) {
        int open = 0;
        for (SpecLine line :
                spec.in(Section.PREP).filter(l -> l.number() < before).toList()) {
            String text = line.text().strip();
            if (line.kind() == SpecLine.Kind.TEXT && line.depth() == 0) {
                open += text.startsWith("pushd ") ? 1 : text.matches("popd\\b.*") ? -1 : 0;
            }
        }
        return open;
    }

    private static void requireBounded(PrepCall call) {
        String what = null;
        String text = call.text();
        if (call.kind() != PrepCall.Kind.AUTOPATCH) {
            what = "applies patches beside the ranges";
        } else if (call.line().text().endsWith("\\")) {
            what = "goes on behind a backslash: rpm takes the options of its first line only";
        } else if (text.replaceFirst("%", "").contains("%")) {
            what = "has options that macros compute";
        } else if (!HIGH.matcher(text).find()) {
            what = "is a range without an end, which takes in every patch, ours too";
        } else if (!text.matches(".*\\s-p\\s*1(?:\\s.*|$)")) {
            what = "does not apply with -p1";
        }
        if (what != null) {
            throw new Refusal(
                    "line " + call.line().number() + " " + what + ": " + text.strip(),
                    "give every %autopatch -p1 and both ends, -mN -MN, and inject again");
        }
    }

    private static void requireSameTree(SpecFacts facts, PrepCall base, PrepCall last, int before) {
        SpecFile spec = facts.spec();
        DirectoryMoves.between(spec, base.line().number() + 1, before - 1).ifPresent(line -> {
            throw new Refusal(
                    "line " + line.number() + " changes the directory behind the last sure range (line "
                            + base.line().number() + "): " + line.text().strip(),
                    "where the kernel tree is then is not sure: add a '%autopatch -p1 -mN -MN' in the tree by hand");
        });
        ShellBlocks.hindrance(spec, before).ifPresent(hindrance -> {
            throw new Refusal(
                    "the last range (line " + last.line().number() + ") stands " + hindrance,
                    "take it out of there, or add a range behind it by hand");
        });
        for (PrepCall call : facts.calls(PrepCall.Kind.SETUP)) {
            if (call.line().number() > base.line().number()) {
                throw new Refusal(
                        "line " + call.line().number() + " unpacks a tree behind the last sure range: "
                                + call.text().strip(),
                        "move that line before the first patch");
            }
        }
        IncludedFiles.requireAllKnown(spec);
    }
}
