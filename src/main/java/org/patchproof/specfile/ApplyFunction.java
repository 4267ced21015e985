package org.patchproof.specfile;

import java.util.List;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/** What sets the families with a shell function {@code ApplyPatch} apart. */
interface ApplyFunction {

    /** Whether {@code function}, with what {@code patch_command} is set to, is of this family. */
    boolean is(ShellFunction function, List<String> commands);

    /** The family's name. */
    String name(ShellFunction function, List<String> commands);

    /** How patches must be written for it. */
    PatchStyle style();

    /** How it applies them. */
    ApplyRule rule(List<String> commands);

    /** Whether {@code command} is git's. */
    static boolean git(String command) {
        return command.matches(".*\\bgit\\b.*\\bapply\\b.*");
    }

    /** Whether {@code command} is GNU patch with {@code -p1}. */
    static boolean gnu(String command) {
        return command.matches(".*\\bpatch\\s.*-p\\s*1\\b.*");
    }

    /** Whether the function looks its argument up in the spec. */
    static boolean looksUp(ShellFunction function) {
        return function.says("grep\\b.*Patch\\[");
    }

    /** Whether the function looks for its argument in SOURCES itself: it wants a name, and else a path. */
    static boolean takesNames(ShellFunction function) {
        return function.says("RPM_SOURCE_DIR|_sourcedir");
    }
}
