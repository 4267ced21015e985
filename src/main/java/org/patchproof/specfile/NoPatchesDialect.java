package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.patch.PatchStyle;

/**
 * ELRepo lt, OpenCloudOS, XenServer: a spec that applies nothing. Ours get a tag and a call of their
 * own, right behind the line that goes into the kernel tree.
 */
final class NoPatchesDialect implements Dialect {
    private static final Pattern INTO_TREE = Pattern.compile("\\s*(?:cd|pushd)\\s+['\"]?\\S*(?:linux|kernel)[^;&|]*");
    private static final Pattern HIDDEN =
            Pattern.compile(".*(?:\\bpatch\\s+[-<]|\\bquilt\\b|%\\{?(?:PATCH|P:|patches)|\\.patch\\b|apply-patches"
                    + "|series\\.conf).*");

    @Override
    public boolean spokenIn(SpecFacts facts) {
        return true;
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        requireNone(facts);
        SpecLine entry = entry(facts);
        int before = entry.number() + 1;
        ShellBlocks.hindrance(facts.spec(), before).ifPresent(hindrance -> {
            throw refusal("the line that goes into the kernel tree (line " + entry.number() + ") stands " + hindrance);
        });
        facts.firstFrom(before, call -> true).ifPresent(call -> {
            throw refusal("line " + call.line().number() + " unpacks a tree behind the one that goes into the kernel's"
                    + " (line " + entry.number() + "): " + call.text().strip());
        });
        int place = Undoing.behind(facts, before, patches);
        List<String> calls =
                patches.stream().map(p -> "%patch -P " + p.number() + " -p1").toList();
        SpecLine behind = place == before ? entry : facts.spec().line(place - 1);
        String why = "behind `" + behind.text().strip() + "` (line " + behind.number() + ")";
        return new DialectPlan(
                "no patches: own %patch",
                PatchStyle.AS_GIVEN,
                MacroFuzz.rule(facts.spec()),
                Optional.of(new DialectPlan.Calls(place, calls, why)),
                List.of("the spec applies no patches: own %patch -P placed " + why + ", line " + place + ", depth 0"));
    }

    private static void requireNone(SpecFacts facts) {
        Optional<PrepCall> call = facts.calls().stream()
                .filter(c -> c.applies() && !unpacksOnly(c))
                .findFirst();
        if (call.isPresent()) {
            throw refusal("no known way of applying patches; line "
                    + call.get().line().number() + " is nearest: "
                    + call.get().line().text().strip());
        }
        if (!facts.patchTags().isEmpty()) {
            throw refusal("%prep applies no patches at all, though "
                    + facts.patchTags().size() + " are declared (from line "
                    + facts.patchTags().get(0).line().number() + ")");
        }
        Optional<SpecLine> hidden = facts.spec().lines().stream()
                .filter(l -> l.kind() == SpecLine.Kind.TEXT)
                .filter(l -> l.section() == Section.PREP || l.section() == Section.OTHER)
                .filter(l -> HIDDEN.matcher(l.text()).matches())
                .findFirst();
        if (hidden.isPresent()) {
            throw new Refusal(
                    "line " + hidden.get().number() + " seems to apply patches in a way that is not known: "
                            + hidden.get().text().strip(),
                    remedy(hidden.get()));
        }
    }

    private static String remedy(SpecLine hidden) {
        if (hidden.section() != Section.PREP) {
            return "%patch works in %prep only: where this spec packs sources only, as SUSE's kernel-source.spec with its"
                    + " series.conf, give kernel-default.spec (of kernel-default-*.nosrc.rpm), with the files of"
                    + " kernel-source-*.src.rpm in SOURCES; else move that line into %prep";
        }
        return "if it reads a series.conf, append the patches to that and to the patch tarball by hand;"
                + " else put a line '%patch -P N -p1' of your own behind it";
    }

    private static boolean unpacksOnly(PrepCall call) {
        return call.kind() == PrepCall.Kind.AUTOSETUP && call.text().matches(".*\\s-[a-zA-Z]*N(?:\\s.*|$)");
    }

    /** The one {@code cd} into a kernel tree; where there is none, the %setup, which goes into its own. */
    private static SpecLine entry(SpecFacts facts) {
        List<SpecLine> moves = facts.spec()
                .in(Section.PREP)
                .filter(l -> l.kind() == SpecLine.Kind.TEXT && l.depth() == 0)
                .filter(l -> INTO_TREE.matcher(l.text()).matches())
                .toList();
        if (moves.size() == 1) {
            return moves.get(0);
        }
        List<PrepCall> setups = facts.calls().stream()
                .filter(c -> c.line().depth() == 0)
                .filter(c -> !c.text().matches(".*\\s-[a-zA-Z]*[cT](?:\\s.*|$)"))
                .filter(c -> !c.line().text().endsWith("\\"))
                .toList();
        if (moves.isEmpty() && setups.size() == 1 && facts.calls().size() == 1) {
            return setups.get(0).line();
        }
        throw refusal("the spec applies no patches, and which line of %prep goes into the kernel tree is not sure ("
                + moves.size() + " unconditional cd or pushd, " + setups.size() + " %setup)");
    }

    private static Refusal refusal(String seen) {
        return new Refusal(
                seen,
                "add to %prep, behind the cd into the kernel tree, a line '%patch -P N -p1' for a PatchN: tag of your"
                        + " own, then inject again: that spec is understood");
    }
}
