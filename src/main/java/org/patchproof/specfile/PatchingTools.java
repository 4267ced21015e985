package org.patchproof.specfile;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether rpm's own macros still do to a patch what rpm makes them do: a spec may define them anew. */
final class PatchingTools {
    private static final Pattern CHANGED = Pattern.compile(
            "\\s*%(?:define|global|undefine)\\s+(patch\\d*|apply_patch|autopatch|autosetup|setup|uncompress|__patch|__git"
                    + "|__tar|__scm_\\w+|_default_patch_flags|_default_patch_fuzz)(?=[\\s(]|$)(.*)");
    private static final Set<String> HARMLESS = Set.of(
            "-s", "--silent", "--quiet", "--verbose", "-E", "--remove-empty-files", "--no-backup-if-mismatch", "-f");
    private static final List<String> USUAL = List.of("patch", "/usr/bin/patch", "/bin/patch");

    private PatchingTools() {}

    /** Refuses a spec that defines one of them in a way of its own. */
    static void requireRpmsOwn(SpecFile spec) {
        for (SpecLine line : spec.lines()) {
            Matcher m = CHANGED.matcher(line.text());
            if (line.kind() != SpecLine.Kind.COMMENT
                    && m.matches()
                    && !harmless(m.group(1), m.group(2).strip())) {
                throw new Refusal(
                        "line " + line.number() + " changes how rpm applies patches: "
                                + line.text().strip(),
                        "whether a patch is applied for sure is not known then: take the line out");
            }
        }
    }

    private static boolean harmless(String name, String value) {
        return switch (name) {
            case "_default_patch_fuzz" -> value.matches("\\d+");
            case "_default_patch_flags" -> !value.isEmpty() && HARMLESS.containsAll(List.of(value.split("\\s+")));
            case "__patch" -> USUAL.contains(value);
            case "__git" -> value.matches("(?:/usr/bin/)?git");
            case "__tar" -> value.matches("(?:/usr)?(?:/bin/)?tar");
            default -> false;
        };
    }
}
