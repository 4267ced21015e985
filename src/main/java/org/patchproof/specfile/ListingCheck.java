package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The check of EL7 and later that greps for {@code ^Patch[0-9]+: NAME$} in
 * {@code %{_specdir}/${RPM_PACKAGE_NAME}.spec}, and exits without a patch applied when it finds none.
 */
final class ListingCheck {
    private static final Pattern NAME = Pattern.compile("Name\\s*:\\s*(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

    private ListingCheck() {}

    /** Refuses a spec under another name than the check looks for; says what must hold at build time. */
    static List<String> conditions(SpecFile spec) {
        Optional<String> name = spec.lines().stream()
                .filter(l -> l.plainIn(Section.PREAMBLE))
                .map(l -> NAME.matcher(l.text().strip()))
                .filter(java.util.regex.Matcher::matches)
                .map(m -> m.group(1).replaceAll("%\\{\\?[^}]*\\}", ""))
                .findFirst();
        if (name.isEmpty() || name.get().contains("%")) {
            return List.of("the listing check greps in %{_specdir}/<package name>.spec: keep the spec under that name");
        }
        String wanted = name.get() + ".spec";
        if (!spec.fileName().equals(wanted)) {
            throw new Refusal(
                    "the spec is named " + spec.fileName() + ", but its listing check greps in %{_specdir}/" + wanted,
                    "name the file " + wanted + ", and inject again");
        }
        return List.of(
                "the listing check greps in %{_specdir}/" + wanted + ": build it under that name, in %{_specdir}");
    }
}
