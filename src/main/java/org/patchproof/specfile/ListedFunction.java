package org.patchproof.specfile;

import java.util.List;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/** EL7, EL8, Fedora 19 to 22, and specs in their style: GNU patch, and the listing check. */
final class ListedFunction implements ApplyFunction {
    @Override
    public boolean is(ShellFunction function, List<String> commands) {
        return commands.stream().allMatch(ApplyFunction::gnu) && ApplyFunction.looksUp(function);
    }

    @Override
    public String name(ShellFunction function, List<String> commands) {
        String family = function.says("patch-3\\.") ? "EL7" : function.says("patch-4\\.") ? "EL8" : "RHEL-style";
        return family + ": ApplyPatch with the listing check";
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
