package org.patchproof.patch;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text around the diffs. GNU patch looks for diffs in it more eagerly than a reader would think: it
 * takes indented unified diffs, context diffs, normal diffs and ed scripts (see intuit_diff_type in
 * its pch.c). Whatever it could take for one is refused here.
 */
final class Preamble {
    private static final Pattern INDENT = Pattern.compile("^[ \\tX]+");
    private static final Pattern ED_COMMAND = Pattern.compile("^\\d[\\d,]*[acdis]\\d*[\\d,]*$");

    private final PatchText text;
    private Optional<String> index = Optional.empty();
    private String previous = "";

    Preamble(PatchText text) {
        this.text = text;
    }

    /** The name of the last {@code Index:} line. */
    Optional<String> index() {
        return index;
    }

    void reset() {
        index = Optional.empty();
        previous = "";
    }

    void skipLine() {
        String line = text.peek(0);
        String bare = INDENT.matcher(line).replaceFirst("");
        if (bare.startsWith("@@ -")) {
            throw text.wrong(
                    line.length() - bare.length() + 1,
                    "a hunk header outside a diff: GNU patch applies it, even indented",
                    "take the quoted diff out of the text above the real one");
        }
        if (line.startsWith("GIT binary patch") || line.matches("Binary files .* differ")) {
            throw text.wrong(1, "a binary patch", PatchParser.BINARY_REMEDY);
        }
        boolean ed =
                ED_COMMAND.matcher(INDENT.matcher(previous).replaceFirst("")).matches();
        if (ed && (bare.equals(".") || bare.startsWith("< ") || bare.startsWith("> "))) {
            throw text.wrong(1, "GNU patch takes this for an ed script or a normal diff", "take it out of the text");
        }
        if (previous.contains("********") && bare.startsWith("*** ")) {
            throw text.wrong(1, "a context diff", "give a unified diff (diff -u)");
        }
        if (bare.startsWith("Prereq:")) {
            throw text.wrong(1, "GNU patch takes this for a version check", "take the line out of the text");
        }
        if (bare.startsWith("Index:")) {
            index = Optional.of(bare.substring("Index:".length()).strip());
        }
        previous = line;
        text.take();
    }
}
