package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/**
 * Fedora 23 to 40, CentOS altarch: {@code git am %{patches}} commits every declared patch, in the order
 * of declaration, to a repository made of the tree. It wants mails.
 */
final class GitAmDialect implements Dialect {
    /** The command begins the line, so that nothing before it decides whether it runs. */
    private static final Pattern FIRST = Pattern.compile("\\s*(?:\\w+=\\S*\\s+)*git\\b[^;|&]*?\\sam(?:\\s.*|$)");

    @Override
    public boolean spokenIn(SpecFacts facts) {
        return !facts.calls(PrepCall.Kind.GIT_AM).isEmpty();
    }

    @Override
    public DialectPlan plan(SpecFacts facts, List<NumberedPatch> patches) {
        PrepCall call = single(facts);
        if (!call.text().matches(".*%\\{?patches\\b.*")) {
            throw refusal(call, "applies patches with git am, but not all that are declared (%{patches})");
        }
        if (call.text()
                .matches(".*\\s(?:-3|--3way|--reject|--exclude\\S*|--include\\S*|--directory\\S*|-p\\s*[^1\\s])"
                        + "(?:\\s.*|$)")) {
            throw refusal(call, "lets git am apply less, or elsewhere, than a patch says");
        }
        if (!FIRST.matcher(call.text()).matches()) {
            throw refusal(call, "runs git am only if what stands before it on the line lets it");
        }
        if (call.line().depth() > 0) {
            throw refusal(call, "stands inside an %if");
        }
        ShellBlocks.hindrance(facts.spec(), call.line().number()).ifPresent(hindrance -> {
            throw refusal(call, "stands " + hindrance);
        });
        facts.firstFrom(call.line().number() + 1, c -> true).ifPresent(later -> {
            throw refusal(later, "changes the tree behind git am");
        });
        IncludedFiles.requireAllKnown(facts.spec());
        return new DialectPlan(
                "Fedora: git am",
                PatchStyle.MAIL,
                ApplyRule.gitApply(),
                Optional.empty(),
                List.of("Fedora: git am %{patches} (line " + call.line().number()
                        + ") applies every declared patch in order of declaration: declared last, applied last"));
    }

    private static PrepCall single(SpecFacts facts) {
        List<PrepCall> calls = facts.calls(PrepCall.Kind.GIT_AM);
        if (calls.size() > 1) {
            throw refusal(
                    calls.get(1),
                    "is a second git am (first: line " + calls.get(0).line().number() + ")");
        }
        return calls.get(0);
    }

    private static Refusal refusal(PrepCall call, String what) {
        return new Refusal(
                "line " + call.line().number() + " " + what + ": " + call.text().strip(),
                "make it one unconditional 'git am %{patches}', or apply yours by hand behind it");
    }
}
