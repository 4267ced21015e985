package org.patchproof.patch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/**
 * Hunks whose headers name the function that they are in, as git writes them and JGit does not: without it nobody
 * can tell a fix in the right function from one in another that holds the same lines.
 */
final class SectionedDiff extends DiffFormatter {
    private static final int SECTION_LENGTH = 80;

    private final RawText old;
    private final ByteArrayOutputStream out;
    /** The lines before that were looked through for the hunk before, and what was found there. */
    private int known;

    private String section = "";

    private SectionedDiff(RawText old, ByteArrayOutputStream out) {
        super(out);
        this.old = old;
        this.out = out;
    }

    /** The hunks that make {@code changed} of {@code old}; each character is one byte. */
    static String hunks(RawText old, RawText changed) {
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, changed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SectionedDiff formatter = new SectionedDiff(old, out)) {
            formatter.format(edits, old, changed);
            formatter.flush();
            return out.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }

    @Override
    protected void writeHunkHeader(int oldFrom, int oldTo, int newFrom, int newTo, String unused) {
        section = section(oldFrom);
        known = oldFrom;
        String header = "@@ -" + range(oldFrom, oldTo) + " +" + range(newFrom, newTo) + " @@"
                + (section.isEmpty() ? "" : " " + section) + "\n";
        out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String range(int from, int to) {
        int count = to - from;
        if (count == 0) {
            return from + ",0";
        }
        return count == 1 ? String.valueOf(from + 1) : (from + 1) + "," + count;
    }

    /** git's rule where no attribute says otherwise: the last line before that begins as a name does, cut. */
    private String section(int before) {
        for (int i = before - 1; i >= known; i--) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try {
                old.writeLine(line, i);
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot fail to be written", e);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (!text.isEmpty() && startsName(text.charAt(0))) {
                return whole(stripped(text.substring(0, Math.min(SECTION_LENGTH, text.length()))));
            }
        }
        return section;
    }

    /** As far as it is UTF-8: git leaves no part of a letter at the end. */
    private static String whole(String bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length()), true);
        return bytes.substring(0, in.position());
    }

    private static boolean startsName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }

    /** Without what git holds for white space, at the end. */
    private static String stripped(String text) {
        int end = text.length();
        while (end > 0 && " \t\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }
}
