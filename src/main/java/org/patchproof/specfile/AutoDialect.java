package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/**
 * Azure Linux 3, XCP-ng, Qubes: {@code %autosetup -p1} or {@code %autopatch -p1} applies every declared
 * patch, in the order of declaration, whatever the numbers.
 */
final class AutoDialect implements Dialect {
    private static final Pattern SCM = Pattern.compile("\\s-S\\s*(\\S+)");

    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !applying(facts).isEmpty();
    }

    private static List<PrepCall> applying(SpecFacts facts) {
        List<PrepCall> calls = new ArrayList<>(facts.calls(PrepCall.Kind.AUTOPATCH));
        facts.calls(PrepCall.Kind.AUTOSETUP).stream()
                .filter(c -> !onlyUnpacks(c))
                .forEach(calls::add);
        return calls;
    }

    private static boolean onlyUnpacks(PrepCall call) {
        return call.kind() == PrepCall.Kind.AUTOSETUP && options(call).matches(".*\\s-[a-zA-Z]*N\\b.*");
    }

    /** The options without the directory's name, with a blank at each end. */
    private static String options(PrepCall call) {
        return call.text().replaceFirst("^\\s*%\\{?\\w+", "").replaceAll("\\s-n\\s+\\S+", " ") + " ";
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        List<PrepCall> calls = applying(facts);
        PrepCall call = calls.get(0);
        String options = options(call);
        if (calls.size() > 1) {
            throw refusal(
                    calls.get(1),
                    "is a second line that applies declared patches (first: line "
                            + call.line().number() + ")");
        }
        requireWhole(call, options);
        ShellBlocks.hindrance(facts.spec(), call.line().number()).ifPresent(hindrance -> {
            throw refusal(call, "stands " + hindrance);
        });
        facts.firstFrom(1, c -> c != call && c.applies() && !onlyUnpacks(c)).ifPresent(other -> {
            throw refusal(other, "applies patches beside line " + call.line().number());
        });
        facts.firstFrom(call.line().number() + 1, c -> true).ifPresent(later -> {
            throw refusal(later, "unpacks a tree behind the patches");
        });
        IncludedFiles.requireAllKnown(facts.spec());
        boolean git = scm(call, options).equals("git");
        String name = call.kind() == PrepCall.Kind.AUTOPATCH ? "%autopatch -p1" : "%autosetup -p1";
        ApplyRule rule = git ? ApplyRule.gitApply() : MacroFuzz.rule(facts.spec());
        return new DialectPlan(
                name,
                git ? PatchStyle.PLAIN : PatchStyle.AS_GIVEN,
                rule,
                Optional.empty(),
                List.of(name + " (line " + call.line().number()
                        + ") applies every declared patch in order of declaration: declared last, applied last"));
    }

    private static void requireWhole(PrepCall call, String options) {
        if (call.line().depth() > 0) {
            throw refusal(call, "stands inside an %if");
        }
        if (call.line().text().endsWith("\\")) {
            throw refusal(call, "goes on behind a backslash: rpm takes the options of its first line only");
        }
        if (options.contains("%")) {
            throw refusal(call, "has options that macros compute");
        }
        if (options.matches(".*\\s-[mM]\\s*\\d.*") || options.matches(".*\\s\\d+\\s.*")) {
            throw refusal(call, "applies a range of patches only: one outside of it is skipped without an error");
        }
        if (!options.matches(".*\\s-p\\s*1\\s.*")) {
            throw refusal(call, "does not apply with -p1");
        }
    }

    private static String scm(PrepCall call, String options) {
        Matcher m = SCM.matcher(options);
        String scm = m.find() ? m.group(1) : "patch";
        if (!scm.equals("git") && !scm.equals("patch")) {
            throw refusal(call, "applies patches by way of " + scm);
        }
        return scm;
    }

    private static Refusal refusal(PrepCall call, String what) {
        return new Refusal(
                "line " + call.line().number() + " " + what + ": " + call.text().strip(),
                "make it one unconditional '-p1' line for all patches, or apply yours by hand behind it");
    }
}
