package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a suffix into the package's release in the way that the spec offers. */
final class ReleaseEdit {
    private static final Pattern RELEASE = Pattern.compile("\\s*Release\\s*:\\s*(\\S.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACEHOLDER =
            Pattern.compile("#\\s*%{0,2}\\s*(?:define|global)\\s+buildid\\s+\\S+\\s*");
    private static final Pattern ACTIVE = Pattern.compile("\\s*%(define|global)\\s+buildid\\b\\s*(.*)");
    private static final Pattern DEFINITION = Pattern.compile("\\s*%(?:define|global)\\s+(\\w+)\\s+(.*)");
    private static final Pattern USE = Pattern.compile("%\\{?[!?]*(\\w+)");
    private static final int USES_LIMIT = 1_000;

    private final SpecFile spec;
    private final String suffix;
    private final SuffixHome home;
    private final SpecEdits edits;
    private final List<String> explanation;

    private ReleaseEdit(
            SpecFile spec, ReleaseSuffix suffix, SuffixHome home, SpecEdits edits, List<String> explanation) {
        this.spec = spec;
        this.suffix = suffix.value();
        this.home = home;
        this.edits = edits;
        this.explanation = explanation;
    }

    /** Edits, says how, and returns what rpmbuild must define. */
    static List<String> apply(
            SpecFile spec, ReleaseSuffix suffix, SuffixHome home, SpecEdits edits, List<String> explanation) {
        return new ReleaseEdit(spec, suffix, home, edits, explanation).apply();
    }

    private List<String> apply() {
        List<SpecLine> releases = preamble(SpecLine.Kind.TEXT, RELEASE);
        if (releases.isEmpty()) {
            throw new Refusal(
                    "the spec has no Release tag", "give a spec with one, or inject without a release suffix");
        }
        if (!releases.stream().allMatch(r -> reachesBuildid(r.text()))) {
            releases.forEach(this::append);
            return List.of();
        }
        List<SpecLine> active = preamble(SpecLine.Kind.MACRO, ACTIVE);
        if (!active.isEmpty()) {
            extend(active);
            return List.of();
        }
        Optional<SpecLine> placeholder = preamble(SpecLine.Kind.COMMENT, PLACEHOLDER).stream()
                .filter(l -> l.depth() == 0)
                .findFirst();
        if (placeholder.isPresent()) {
            edits.replace(placeholder.get(), "%define buildid " + suffix, "the release takes buildid in");
            explanation.add(
                    "release suffix by buildid, line " + placeholder.get().number());
            return List.of();
        }
        if (home == SuffixHome.SPEC) {
            edits.insert(1, List.of("%define buildid " + suffix), "whoever rebuilds this package gets this release");
            explanation.add("release suffix by buildid, set at the top");
            return List.of();
        }
        explanation.add("release suffix by rpmbuild --define 'buildid " + suffix + "': without it the suffix is lost");
        return List.of("buildid " + suffix);
    }

    private List<SpecLine> preamble(SpecLine.Kind kind, Pattern pattern) {
        return spec.lines().stream()
                .filter(l -> l.section() == Section.PREAMBLE && l.kind() == kind)
                .filter(l -> pattern.matcher(l.text()).matches())
                .toList();
    }

    private void extend(List<SpecLine> active) {
        SpecLine line = active.get(0);
        Matcher m = ACTIVE.matcher(line.text());
        if (active.size() > 1
                || line.depth() > 0
                || !m.matches()
                || !m.group(2).strip().matches("\\.[\\w.]+")) {
            throw new Refusal(
                    "buildid is defined in line " + line.number() + " in a way that is not plain: "
                            + line.text().strip(),
                    "leave one unconditional '%define buildid .name' in the spec, or none");
        }
        edits.replace(
                line, "%" + m.group(1) + " buildid " + m.group(2).strip() + suffix, "added to the spec's own buildid");
        explanation.add("release suffix added to the buildid of line " + line.number());
    }

    private void append(SpecLine release) {
        String text = release.text().stripTrailing();
        if (text.endsWith("\\") || text.contains("#")) {
            throw new Refusal(
                    "the Release tag of line " + release.number() + " does not end where its line ends",
                    "write it on one line, without a comment");
        }
        edits.replace(release, text + suffix, "the spec has no buildid in its release");
        explanation.add("release suffix at the end of the Release tag, line " + release.number()
                + "; check that the kernel's own version string follows the release");
    }

    /** Whether buildid is part of a value, through whichever definition of the macros it uses. */
    private boolean reachesBuildid(String value) {
        return reaches(value, new HashSet<>());
    }

    private boolean reaches(String value, Set<String> seen) {
        List<String> names = new ArrayList<>();
        Matcher m = USE.matcher(value);
        while (m.find() && names.size() < USES_LIMIT) {
            names.add(m.group(1));
        }
        if (names.contains("buildid")) {
            return true;
        }
        for (String name : names) {
            List<String> values = definitions(name);
            if (!values.isEmpty() && seen.add(name) && values.stream().allMatch(v -> reaches(v, new HashSet<>(seen)))) {
                return true;
            }
        }
        return false;
    }

    private List<String> definitions(String name) {
        List<String> values = new ArrayList<>();
        for (SpecLine line : spec.lines()) {
            Matcher m = DEFINITION.matcher(line.text());
            if (line.kind() == SpecLine.Kind.MACRO && m.matches() && m.group(1).equals(name)) {
                values.add(m.group(2));
            }
        }
        return values;
    }
}
