package org.patchproof.specfile;

import java.util.List;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/** EL6: GNU patch without a listing check. */
final class UnlistedFunction implements ApplyFunction {
    @Override
    public boolean is(ShellFunction function, List<String> commands) {
        return commands.stream().allMatch(ApplyFunction::gnu) && !ApplyFunction.looksUp(function);
    }

    @Override
    public String name(ShellFunction function, List<String> commands) {
        return "EL6: ApplyPatch";
    }

    @Override
    public PatchStyle style() {
        return PatchStyle.AS_GIVEN;
    }

    @Override
    public ApplyRule rule(List<String> commands) {
        return FuzzOption.strictest(commands);
    }
}
