package org.patchproof.report;

import java.util.ArrayList;
import java.util.List;

/** The lines of a patch, each with what it is, for colouring. */
final class DiffLines {
    /** More than any patch a person reads; the file itself is in the bundle. */
    private static final int MOST = 2000;

    private static final int LENGTH = 500;

    private DiffLines() {}

    /** A line, and its class: {@code a} added, {@code d} taken out, {@code h} a hunk, {@code m} of the file, or none. */
    record DiffLine(String css, String text) {}

    static List<DiffLine> of(String diff) {
        List<DiffLine> lines = new ArrayList<>();
        boolean inHunk = false;
        for (String raw : diff.split("\n", -1)) {
            if (lines.size() == MOST) {
                lines.add(new DiffLine("m", "(the rest is in the bundle)"));
                break;
            }
            String line = raw.length() > LENGTH ? raw.substring(0, LENGTH) + " ..." : raw;
            boolean header = line.startsWith("--- ") || line.startsWith("diff ") || line.startsWith("Index: ");
            if (line.startsWith("@@")) {
                inHunk = true;
            } else if (header) {
                inHunk = false;
            }
            lines.add(new DiffLine(css(line, inHunk), line));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).text().isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private static String css(String line, boolean inHunk) {
        if (line.startsWith("@@")) {
            return "h";
        }
        if (!inHunk) {
            return "m";
        }
        return line.startsWith("+") ? "a" : line.startsWith("-") ? "d" : "c";
    }
}
