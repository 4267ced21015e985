package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;

/**
 * The RHEL and Fedora lineage: shell functions {@code ApplyPatch} and {@code ApplyOptionalPatch}. The
 * calls go before a marker comment, outside any {@code %if} and any shell block.
 */
final class ApplyFunctionDialect implements Dialect {
    private static final int OPTIONAL_LIMIT = 9;
    private static final Pattern COMMAND =
            Pattern.compile("(?:patch_command=|%(?:define|global)\\s+patch_command\\s).*");

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
                .filter(t -> COMMAND.matcher(t).matches())
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
        Optional<PatchLoop> loop = PatchLoop.find(facts.spec(), facts.calls());
        return loop.isPresent() ? byLoop(facts, loop.get(), patches) : byCalls(facts, patches);
    }

    /** Whatever is declared is applied, if the loop is reached and nothing comes behind it. */
    private DialectPlan byLoop(SpecFacts facts, PatchLoop loop, List<NumberedPatch> patches) {
        String at = "line " + loop.line().number();
        String remedy = "make it one unconditional 'for i in %{patches}; do ApplyPatch $i; done', behind all else that"
                + " changes the tree, or apply yours by hand behind it";
        ShellFunction function = loop.plain()
                .flatMap(facts::function)
                .filter(f -> !ApplyFunction.takesNames(f))
                .orElseThrow(() -> new Refusal(at + " applies declared patches in a loop that is not plain", remedy));
        requireDefined(function, loop.line().number());
        if (loop.line().depth() > 0) {
            throw new Refusal(at + " applies declared patches inside an %if", remedy);
        }
        ShellBlocks.hindrance(facts.spec(), loop.line().number()).ifPresent(hindrance -> {
            throw new Refusal(at + " applies declared patches, and stands " + hindrance, remedy);
        });
        facts.firstFrom(loop.last() + 1, c -> true).ifPresent(later -> {
            throw new Refusal(
                    "line " + later.line().number() + " changes the tree behind the loop over %{patches} (" + at + "): "
                            + later.text().strip(),
                    remedy);
        });
        IncludedFiles.requireAllKnown(facts.spec());
        patches.forEach(patch -> requireLongEnough(function, patch));
        List<String> commands = commands(facts, function);
        String name = family.name(function, commands);
        List<String> explanation = new ArrayList<>();
        explanation.add(name + ", in a loop over %{patches} (" + at
                + ") that applies every declared patch in order of declaration: declared last, applied last");
        explanation.addAll(listing(facts, function));
        return new DialectPlan(name, family.style(), family.rule(commands), Optional.empty(), explanation);
    }

    private static void requireDefined(ShellFunction function, int use) {
        if (function.line().depth() > 0 || function.last() >= use) {
            throw new Refusal(
                    function.name() + "() is defined in line " + function.line().number()
                            + ", inside an %if or behind the place where patches go",
                    "define it unconditionally before its use");
        }
    }

    /** What its listing check wants; nothing where there is none. One that wants names cannot find a path. */
    private static List<String> listing(SpecFacts facts, ShellFunction function) {
        if (!ApplyFunction.looksUp(function)) {
            return List.of();
        }
        if (!ApplyFunction.takesNames(function) && !function.says("##|basename")) {
            throw new Refusal(
                    function.name() + "() (line " + function.line().number()
                            + ") opens its argument as it is, yet looks for it among the Patch tags",
                    "whether it wants a name or a path is not sure: make it use $RPM_SOURCE_DIR/$patch");
        }
        return ListingCheck.conditions(facts.spec());
    }

    private DialectPlan byCalls(SpecFacts facts, List<NumberedPatch> patches) {
        ShellFunction function = function(facts).orElseThrow();
        List<String> commands = commands(facts, function);
        Anchor anchor = Anchor.find(facts);
        requireDefined(function, anchor.line().number());
        ApplyRule rule = family.rule(commands);
        String name = family.name(function, commands);
        boolean names = ApplyFunction.takesNames(function);
        List<String> calls = new ArrayList<>();
        for (NumberedPatch patch : patches) {
            requireLongEnough(function, patch);
            calls.add(function.name() + " " + (names ? patch.name() : "%{PATCH" + patch.number() + "}"));
        }
        List<String> explanation = new ArrayList<>();
        explanation.add(name + ", placed before `" + anchor.line().text().strip() + "`, line "
                + anchor.line().number() + ", depth 0");
        explanation.addAll(listing(facts, function));
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
