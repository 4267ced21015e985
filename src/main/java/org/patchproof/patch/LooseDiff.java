package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a patch file of somebody else's apart by files, without asking that all of it be sound: vendors
 * ship patches with renames, binary parts and many commits in one file. What is taken out of it may be
 * read by {@link PatchReader} then, which does ask.
 */
public final class LooseDiff {
    private static final Pattern HUNK =
            Pattern.compile("@@ -\\d{1,8}(?:,(\\d{1,8}))? \\+\\d{1,8}(?:,(\\d{1,8}))? @@.*");
    private static final Pattern NAME = Pattern.compile("(?:---|\\+\\+\\+) (\\S+).*");

    private final String[] lines;
    private final List<Section> sections = new ArrayList<>();
    private int at;

    private LooseDiff(byte[] patch) {
        lines = new String(patch, StandardCharsets.ISO_8859_1).split("\n", -1);
    }

    /**
     * The change of one file, once; a file that several commits touch has several.
     *
     * @param path what {@code -p1} leaves
     * @param text from its {@code ---} line to the end of its last hunk, each character a byte
     */
    public record Section(String path, String text) {}

    /** The sections of a patch file, in order. */
    public static List<Section> sections(byte[] patch) {
        LooseDiff diff = new LooseDiff(patch);
        while (diff.at + 1 < diff.lines.length) {
            if (diff.lines[diff.at].startsWith("--- ") && diff.lines[diff.at + 1].startsWith("+++ ")) {
                diff.section();
            } else {
                diff.at++;
            }
        }
        return List.copyOf(diff.sections);
    }

    private void section() {
        Optional<String> old = name(lines[at]);
        Optional<String> changed = name(lines[at + 1]);
        StringBuilder text = new StringBuilder();
        text.append(lines[at]).append('\n').append(lines[at + 1]).append('\n');
        at += 2;
        while (at < lines.length) {
            Matcher hunk = HUNK.matcher(lines[at]);
            if (!hunk.matches()) {
                break;
            }
            hunk(hunk, text);
        }
        changed.or(() -> old).ifPresent(path -> sections.add(new Section(path, text.toString())));
    }

    private void hunk(Matcher header, StringBuilder text) {
        int oldLeft = count(header.group(1));
        int newLeft = count(header.group(2));
        text.append(lines[at++]).append('\n');
        while (at < lines.length && (oldLeft > 0 || newLeft > 0 || lines[at].startsWith("\\ "))) {
            String line = lines[at++];
            // An editor that strips blanks at line ends makes an empty context line empty.
            char mark = line.isEmpty() ? ' ' : line.charAt(0);
            oldLeft -= mark == '+' || mark == '\\' ? 0 : 1;
            newLeft -= mark == '-' || mark == '\\' ? 0 : 1;
            text.append(line.isEmpty() ? " " : line).append('\n');
        }
    }

    private static int count(String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private static Optional<String> name(String line) {
        Matcher m = NAME.matcher(line);
        if (!m.matches() || m.group(1).equals("/dev/null") || m.group(1).indexOf('/') < 0) {
            return Optional.empty();
        }
        return Optional.of(m.group(1).substring(m.group(1).indexOf('/') + 1));
    }
}
