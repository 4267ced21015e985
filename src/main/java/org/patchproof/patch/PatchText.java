package org.patchproof.patch;

import java.util.ArrayList;
import java.util.List;

/** The lines of a patch file, with a place to stand and a way to complain about it. */
final class PatchText {
    private final String name;
    private final List<String> lines = new ArrayList<>();
    private final boolean endsWithNewline;
    private int at;

    PatchText(String name, String content) {
        this.name = name;
        this.endsWithNewline = content.endsWith("\n");
        int from = 0;
        while (from < content.length()) {
            int end = content.indexOf('\n', from);
            if (end < 0) {
                end = content.length();
            }
            lines.add(content.substring(from, end));
            from = end + 1;
        }
    }

    boolean atEnd() {
        return at >= lines.size();
    }

    /** The number of the line that {@link #take} gives next, counted from 1. */
    int number() {
        return at + 1;
    }

    /** The line {@code ahead} lines further on; empty behind the end. */
    String peek(int ahead) {
        return at + ahead < lines.size() ? lines.get(at + ahead) : "";
    }

    String take() {
        return lines.get(at++);
    }

    /** Whether the line that was taken last lacks its newline. */
    boolean lastTakenIsCut() {
        return atEnd() && !endsWithNewline;
    }

    /** What is wrong with the next line. */
    PatchFormatException wrong(int column, String problem, String remedy) {
        return wrongAt(number(), column, problem, remedy);
    }

    PatchFormatException wrongAt(int line, int column, String problem, String remedy) {
        return new PatchFormatException(name, line, column, problem, remedy);
    }
}
