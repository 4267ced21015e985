package org.patchproof.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the hunks of one file, counting every line. */
final class HunkParser {
    private static final Pattern HEADER = Pattern.compile(
            "@@ -(\\d{1,8})(?:,(\\d{1,8}))? \\+(\\d{1,8})(?:,(\\d{1,8}))? @@(?: (.*))?", Pattern.DOTALL);
    private static final String COUNT_REMEDY =
            "the patch was edited by hand or cut: make it again with git diff, or repair the counts with recountdiff";

    private final PatchText text;
    private final List<Hunk> hunks = new ArrayList<>();
    private int oldEnd;

    HunkParser(PatchText text, TouchedFile.Change change) {
        this.text = text;
        if (!text.peek(0).startsWith("@@ ")) {
            throw text.wrong(1, "no hunk after '+++'", "a hunk starts with '@@ -line,count +line,count @@'");
        }
        while (text.peek(0).startsWith("@@")) {
            hunks.add(readHunk(change));
        }
        requireNothingLeft();
    }

    List<Hunk> hunks() {
        return hunks;
    }

    private Hunk readHunk(TouchedFile.Change change) {
        int line = text.number();
        Matcher m = HEADER.matcher(text.peek(0));
        if (!m.matches()) {
            throw text.wrong(1, "this is no hunk header", "write '@@ -line,count +line,count @@ function'");
        }
        text.take();
        Range old = Range.of(m.group(1), m.group(2));
        Range changed = Range.of(m.group(3), m.group(4));
        requireFit(line, old, change == TouchedFile.Change.CREATED, "'-0,0', and created by '--- /dev/null'");
        requireFit(line, changed, change == TouchedFile.Change.DELETED, "'+0,0', and deleted by '+++ /dev/null'");
        requireOrder(line, old);
        List<String> body = readBody(line, old.count(), changed.count());
        requireContext(line, body, change);
        String section = m.group(5) == null ? "" : m.group(5).strip();
        return new Hunk(old.start(), old.count(), changed.start(), changed.count(), section, body, line);
    }

    private record Range(int start, int count) {
        static Range of(String start, String count) {
            return new Range(Integer.parseInt(start), count == null ? 1 : Integer.parseInt(count));
        }
    }

    private void requireFit(int line, Range range, boolean absent, String form) {
        boolean none = range.start() == 0;
        if (absent != none || none && range.count() != 0) {
            throw text.wrongAt(
                    line,
                    4,
                    "the range " + range.start() + "," + range.count() + " does not fit the names above: a file that"
                            + " is not there is written " + form,
                    "make the diff again with git diff, or put /dev/null in place of the name that diff -N wrote");
        }
        if (none && !hunks.isEmpty()) {
            throw text.wrongAt(line, 1, "a second hunk for a created or deleted file", COUNT_REMEDY);
        }
    }

    private void requireOrder(int line, Range old) {
        if (old.start() < oldEnd) {
            throw text.wrongAt(
                    line,
                    5,
                    "the hunk starts at line " + old.start() + ", before the end of the one above it (" + oldEnd + ")",
                    "order the hunks by line, without overlap: make the diff again");
        }
        oldEnd = old.start() + old.count();
    }

    private void requireContext(int line, List<String> body, TouchedFile.Change change) {
        boolean placed = body.stream().anyMatch(l -> l.charAt(0) == ' ')
                || body.stream().anyMatch(l -> l.charAt(0) == '+')
                        && body.stream().anyMatch(l -> l.charAt(0) == '-');
        if (change == TouchedFile.Change.MODIFIED && !placed) {
            throw text.wrongAt(
                    line,
                    1,
                    "a hunk without any context: it could land anywhere",
                    "make the diff with three lines of context (the default)");
        }
    }

    private List<String> readBody(int header, int oldCount, int newCount) {
        List<String> body = new ArrayList<>();
        int oldLeft = oldCount;
        int newLeft = newCount;
        boolean changes = false;
        while (oldLeft > 0 || newLeft > 0) {
            String next = nextBodyLine(header, oldLeft, newLeft);
            char mark = next.charAt(0);
            if (mark != '\\') {
                oldLeft -= mark == '+' ? 0 : 1;
                newLeft -= mark == '-' ? 0 : 1;
                changes |= mark != ' ';
            }
            if (oldLeft < 0 || newLeft < 0) {
                throw text.wrongAt(header, 1, "the hunk has other lines than its header counts", COUNT_REMEDY);
            }
            body.add(next);
        }
        if (text.peek(0).startsWith("\\ ")) {
            body.add(text.take());
        }
        if (!changes) {
            throw text.wrongAt(header, 1, "the hunk changes nothing", "leave it out");
        }
        return body;
    }

    private String nextBodyLine(int header, int oldLeft, int newLeft) {
        String missing = "the hunk of line " + header + " lacks " + oldLeft + " old and " + newLeft + " new lines";
        if (text.atEnd()) {
            throw text.wrong(1, missing + ": the file ends here", COUNT_REMEDY);
        }
        String next = text.peek(0);
        if (next.isEmpty()) {
            throw text.wrong(
                    1,
                    "an empty line inside a hunk: a context line has lost its leading blank",
                    "white space was damaged on the way (mail, web page): get the patch as a file");
        }
        if (next.startsWith("@@ ") || next.startsWith("diff --git ")) {
            throw text.wrong(1, missing, COUNT_REMEDY);
        }
        if (" +-\\".indexOf(next.charAt(0)) < 0) {
            throw text.wrong(
                    1,
                    "a line inside a hunk that starts with neither ' ', '+', '-' nor '\\'; " + missing,
                    "white space was damaged or a line was broken in two: get the patch as a file");
        }
        text.take();
        if (text.lastTakenIsCut()) {
            throw text.wrongAt(
                    text.number() - 1,
                    next.length() + 1,
                    "the last line of the hunk has no newline",
                    "end the file with one; a target file without one is marked '\\ No newline at end of file'");
        }
        return next;
    }

    /** A signature ({@code -- }) or the next file may follow, but no more lines of a hunk. */
    private void requireNothingLeft() {
        String next = text.peek(0);
        boolean signature = next.equals("-- ") || next.equals("--");
        boolean nextFile = next.startsWith("--- ") && text.peek(1).startsWith("+++ ");
        if (!next.isEmpty() && " +-\\".indexOf(next.charAt(0)) >= 0 && !signature && !nextFile) {
            throw text.wrong(1, "the hunk above has more lines than its header counts", COUNT_REMEDY);
        }
    }
}
