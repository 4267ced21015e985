package org.patchproof.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hunk as it stands in a file that may be damaged: its header, and every line up to what cannot
 * belong to it any more.
 *
 * @param path what {@code -p1} leaves of the file's name
 * @param line of the {@code @@}, counted from 1
 * @param oldStart as the header says
 * @param oldCount as the header says
 * @param newStart as the header says
 * @param newCount as the header says
 * @param section what stands after the second {@code @@}
 * @param body the lines below, damaged or not
 */
record LooseHunk(
        String path,
        int line,
        int oldStart,
        int oldCount,
        int newStart,
        int newCount,
        String section,
        List<String> body) {
    private static final Pattern HEADER =
            Pattern.compile("@@ -(\\d{1,8})(?:,(\\d{1,8}))? \\+(\\d{1,8})(?:,(\\d{1,8}))? @@ ?(.*)", Pattern.DOTALL);

    LooseHunk {
        body = List.copyOf(body);
    }

    /** Every hunk of a file, in order. */
    static List<LooseHunk> all(List<String> lines) {
        List<LooseHunk> hunks = new ArrayList<>();
        String path = "";
        int i = 0;
        while (i < lines.size()) {
            Matcher header = HEADER.matcher(lines.get(i));
            if (startsFile(lines, i)) {
                String name = name(lines.get(i + 1));
                path = path(name.equals("/dev/null") ? name(lines.get(i)) : name);
                i += 2;
            } else if (header.matches()) {
                int end = end(lines, i, count(header.group(2)), count(header.group(4)));
                hunks.add(new LooseHunk(
                        path,
                        i + 1,
                        Integer.parseInt(header.group(1)),
                        count(header.group(2)),
                        Integer.parseInt(header.group(3)),
                        count(header.group(4)),
                        header.group(5).strip(),
                        lines.subList(i + 1, end)));
                i = end;
            } else {
                i++;
            }
        }
        return hunks;
    }

    /** Where the hunk of line {@code header} ends: where its counts are filled, else at the next header. */
    private static int end(List<String> lines, int header, int oldCount, int newCount) {
        int oldLeft = oldCount;
        int newLeft = newCount;
        int i = header + 1;
        while (i < lines.size() && !startsOther(lines, i) && (oldLeft > 0 || newLeft > 0)) {
            char mark = lines.get(i).isEmpty() ? '?' : lines.get(i).charAt(0);
            if (" +-\\".indexOf(mark) < 0) {
                return boundary(lines, header + 1);
            }
            oldLeft -= mark == '+' || mark == '\\' ? 0 : 1;
            newLeft -= mark == '-' || mark == '\\' ? 0 : 1;
            i++;
        }
        boolean filled = oldLeft == 0 && newLeft == 0;
        boolean goesOn = i < lines.size() && lines.get(i).matches("[ +-].*") && !isSignature(lines.get(i));
        if (filled && (!goesOn || startsFile(lines, i))) {
            return i < lines.size() && lines.get(i).startsWith("\\ ") ? i + 1 : i;
        }
        return boundary(lines, header + 1);
    }

    private static int boundary(List<String> lines, int from) {
        int i = from;
        while (i < lines.size() && !startsOther(lines, i) && !isSignature(lines.get(i))) {
            i++;
        }
        while (i > from && lines.get(i - 1).isEmpty() && i == lines.size()) {
            i--;
        }
        return i;
    }

    private static boolean isSignature(String line) {
        return line.equals("-- ") || line.equals("--");
    }

    private static boolean startsOther(List<String> lines, int i) {
        String line = lines.get(i);
        return line.startsWith("@@ -") || line.startsWith("diff --git ") || startsFile(lines, i);
    }

    static boolean startsFile(List<String> lines, int i) {
        return i + 1 < lines.size()
                && lines.get(i).startsWith("--- ")
                && lines.get(i + 1).startsWith("+++ ");
    }

    static String name(String line) {
        String[] words = line.substring(4).split("[\\t ]", 2);
        return words[0];
    }

    private static String path(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static int count(String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    /** Lines that have no mark: damaged. As indexes into the body. */
    List<Integer> unmarked() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            if (body.get(i).isEmpty() || " +-\\".indexOf(body.get(i).charAt(0)) < 0) {
                found.add(i);
            }
        }
        return found;
    }

    /** How many lines with one of two marks the body has. */
    int marked(char one, char other) {
        return (int) body.stream()
                .filter(l -> !l.isEmpty() && (l.charAt(0) == one || l.charAt(0) == other))
                .count();
    }

    /** The header as the body wants it. */
    String countedHeader() {
        return "@@ -" + oldStart + "," + marked(' ', '-') + " +" + newStart + "," + marked(' ', '+') + " @@";
    }

    /** Whether header and body agree. */
    boolean counts() {
        return marked(' ', '-') == oldCount && marked(' ', '+') == newCount;
    }
}
