package org.patchproof.specfile;

import java.util.List;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/** EL9, EL10, Fedora 41+, kernel-ark: {@code git apply}. */
final class GitApplyFunction implements ApplyFunction {
    @Override
    public boolean is(ShellFunction function, List<String> commands) {
        return commands.stream().allMatch(ApplyFunction::git);
    }

    @Override
    public String name(ShellFunction function, List<String> commands) {
        return commands.stream().allMatch(c -> c.contains("--work-tree"))
                ? "EL10/kernel-ark: git apply"
                : "EL9: git apply";
    }

    @Override
    public PatchStyle style() {
        return PatchStyle.PLAIN;
    }

    @Override
    public ApplyRule rule(List<String> commands) {
        return ApplyRule.gitApply();
    }
}
