package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.patch.ApplyRule;

/**
 * The RHEL and Fedora lineage: shell functions {@code ApplyPatch} and {@code ApplyOptionalPatch}. The
 * calls go before a marker comment, outside any {@code %if} and any shell block.
 */
final class ApplyFunctionDialect implements Dialect {
    private static final int OPTIONAL_LIMIT = 9;

    private final ApplyFunction family;

    ApplyFunctionDialect(ApplyFunction family) {
        this.family = family;
    }

    @Override
    public boolean spokenIn(SpecFacts facts) {
        Optional<ShellFunction> function = function(facts);
        return function.isPresent() && family.is(function.get(), commands(facts, function.get()));
    }

    private static Optional<ShellFunction> function(SpecFacts facts) {
        Optional<ShellFunction> plain = facts.function("ApplyPatch");
        return plain.isPresent() ? plain : facts.function("ApplyOptionalPatch");
    }

    /** What {@code patch_command} may be, whatever rpm's options; else what the function itself calls. */
    private static List<String> commands(SpecFacts facts, ShellFunction function) {
        List<String> assigned = facts.spec().lines().stream()
                .filter(l -> l.section() == Section.PREP || l.kind() == SpecLine.Kind.MACRO)
                .filter(l -> l.kind() != SpecLine.Kind.COMMENT)
                .map(l -> l.text().strip())
                .filter(t -> t.matches("(?:patch_command=|%(?:define|global)\\s+patch_command\\s).*"))
                .toList();
        if (!assigned.isEmpty() && function.says("patch_command")) {
            return assigned;
        }
        List<String> own = function.body().stream()
                .map(l -> " " + l.strip())
                .filter(l -> ApplyFunction.git(l) || ApplyFunction.gnu(l))
                .toList();
        return own.isEmpty() ? List.of("unknown") : own;
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        ShellFunction function = function(facts).orElseThrow();
        List<String> commands = commands(facts, function);
        Anchor anchor = Anchor.find(facts);
        if (function.line().depth() > 0 || function.last() >= anchor.line().number()) {
            throw new Refusal(
                    function.name() + "() is defined in line " + function.line().number()
                            + ", inside an %if or behind the place where patches go",
                    "define it unconditionally before its use");
        }
        ApplyRule rule = family.rule(commands);
        String name = family.name(function, commands);
        List<String> calls = new ArrayList<>();
        for (NumberedPatch patch : patches) {
            requireLongEnough(function, patch);
            calls.add(function.name() + " " + patch.name());
        }
        List<String> explanation = new ArrayList<>();
        explanation.add(name + ", placed before `" + anchor.line().text().strip() + "`, line "
                + anchor.line().number() + ", depth 0");
        explanation.addAll(family.conditions(facts.spec()));
        DialectPlan.Calls placed = new DialectPlan.Calls(
                anchor.line().number(),
                calls,
                "applied last: no patch is applied behind `"
                        + anchor.line().text().strip() + "`");
        return new DialectPlan(name, family.style(), rule, Optional.of(placed), explanation);
    }

    private void requireLongEnough(ShellFunction function, NumberedPatch patch) {
        long lines = patch.patch().lineCount(family.style());
        if (function.name().equals("ApplyOptionalPatch") && lines <= OPTIONAL_LIMIT) {
            throw new Refusal(
                    patch.name() + " has " + lines
                            + " lines, and the spec has only ApplyOptionalPatch, which skips files of " + OPTIONAL_LIMIT
                            + " lines or fewer without an error",
                    "give the patch a description above its first '---' line, so that it has more lines");
        }
    }
}
