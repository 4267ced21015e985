package org.patchproof.patch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Unified diffs of two texts. */
public final class TextDiff {
    private TextDiff() {}

    /**
     * The difference as {@code patch -p1} takes it, with three lines of context; empty when the two
     * are equal.
     *
     * @param name the path that stands after {@code --- a/} and {@code +++ b/}
     */
    public static String unified(String name, byte[] before, byte[] after) {
        RawText old = new RawText(before);
        RawText changed = new RawText(after);
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, changed);
        if (edits.isEmpty()) {
            return "";
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(edits, old, changed);
            formatter.flush();
            return "--- a/" + name + "\n+++ b/" + name + "\n" + out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }

    /** As {@link #unified(String, byte[], byte[])}, for texts in UTF-8. */
    public static String unified(String name, String before, String after) {
        return unified(name, before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
    }
}
