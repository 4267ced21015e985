package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;

/**
 * What a shell script, or a function of {@code %prep}, that applies a series does with it: SUSE's
 * {@code apply-patches}, openEuler's {@code Applypatches}. Each line has to be one that is known; a script
 * that does anything more is not understood.
 *
 * @param rule with which it applies each patch
 * @param guarded whether the series goes through {@code guards} first
 */
record SeriesScript(ApplyRule rule, boolean guarded) {
    private static final int LONGEST = 16 << 10;
    private static final int LONGEST_LINE = 1000;

    private static final String VAR = "\"?\\$\\{?\\w+\\}?\"?";
    private static final String PATCH =
            "patch ((?:(?:-[sEbf]|-F ?\\d|--fuzz=\\d|--silent|--quiet|--no-backup-if-mismatch) ){0,20}"
                    + "-p ?1(?: (?:-[sEbf]|-F ?\\d|--fuzz=\\d|--silent|--quiet|--no-backup-if-mismatch)){0,20})";
    private static final String GUARDS =
            "(?:" + VAR + "|\"\\$\\(dirname \"\\$0\"\\)\")/guards(?: \"\\$@\")? ?< ?" + VAR;

    /** Of {@code --vanilla}, which no line that is understood gives. */
    private static final Pattern VANILLA = Pattern.compile("if \\$vanilla; then\n[^\n]*\nelse\ncat\nfi");

    private static final Pattern PIPED = Pattern.compile("(?:(" + GUARDS + ")|cat " + VAR + ") ?\\|(?: ?cat ?\\|)? ?"
            + "sed \"s([|!:,])\\^\\2" + PATCH + " -i \\$\\{?\\w+\\}?/\\2\"(?: ?\\| ?(?:ba)?sh)?");
    private static final Pattern LOOP =
            Pattern.compile("(?:(" + GUARDS + ")|cat " + VAR + ") ?\\| ?" + "while read (?:-r )?(\\w+) ?; do\n" + PATCH
                    + " -i \"?\\$\\w+/\\$\\{?\\2\\}?\"?(?: ?\\|\\| ?exit 1)?\ndone");

    private static final Pattern HARMLESS = Pattern.compile(String.join(
            "|",
            "set -[a-z]+",
            "set -o pipefail",
            "set -e",
            "(?:local )?\\w+=(?:\"?\\$[12]\"?|true|false|\\$\\(mktemp\\)|\"\\$\\{0%/\\*\\}\"|\"?\\$\\(dirname \"?\\$0\"?\\)\"?)",
            "USAGE=\"[^\"`(]*\"",
            "if test (?:\"\\$1\"|\\$1) ==? \"?--vanilla\"?; then",
            "if (?:test|\\[) \\$# -lt 2(?: \\])?; then",
            "fi",
            "\\{",
            "shift(?: [12])?",
            "exit 1",
            "\\(|\\)|\\) ?\\| ?(?:ba)?sh",
            "echo (?!.*\\$\\()\"(?:[^\"`\\\\]|\\\\.)*\"(?: >&2)?",
            "trap 'rm -f \"\\$\\w+\"' EXIT",
            "cp " + VAR + " " + VAR,
            "sed -i '/\\^#/d' +" + VAR,
            "sed -i '/\\^(?:\\[\\\\s\\]\\*|\\[ \\\\t\\]\\*|\\\\s\\*)\\$/d' +" + VAR));

    /** A series of the site's own, if a tarball brings one: whoever reads the tarballs has to look for it. */
    private static final Pattern ADDED =
            Pattern.compile("if ! \\$vanilla && test -e \"\\$\\w+/patches\\.addon/series\"; then\n"
                    + "sed -r '[^'\n]*' \"\\$\\w+/patches\\.addon/series\" ?>> ?\"\\$\\w+\"\nfi");

    /** What a script does; empty when it is not understood. */
    static Optional<SeriesScript> of(List<String> lines) {
        String text = canonical(lines);
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        text = ADDED.matcher(VANILLA.matcher(text).replaceAll("cat")).replaceAll("");
        Matcher m = PIPED.matcher(text);
        if (!m.find()) {
            m = LOOP.matcher(text);
            if (!m.find()) {
                return Optional.empty();
            }
        }
        String rest = text.substring(0, m.start()) + text.substring(m.end());
        for (String line : rest.split("\n")) {
            if (line.length() > LONGEST_LINE
                    || !line.isBlank() && !HARMLESS.matcher(line.strip()).matches()) {
                return Optional.empty();
            }
        }
        boolean guarded = m.group(1) != null;
        return FuzzOption.rule(" " + m.group(3) + " ").map(rule -> new SeriesScript(rule, guarded));
    }

    /** One command a line, without comments and indentation. */
    private static String canonical(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String raw : lines) {
            String line = raw.strip().replaceAll("[ \t]+", " ");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            text.append(goesOn ? line.substring(0, line.length() - 1).strip() : line);
            text.append(goesOn || line.endsWith("|") ? ' ' : '\n');
        }
        return text.toString();
    }
}
