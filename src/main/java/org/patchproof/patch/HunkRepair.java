package org.patchproof.patch;

import java.util.ArrayList;
import java.util.List;

/** Finds one damaged hunk in its file, by its lines without their white space, and writes it anew. */
final class HunkRepair {
    private final LooseHunk hunk;
    private final List<String> tree;
    private int start = -1;
    private int end;
    private int misfit;
    private List<String> body = List.of();

    HunkRepair(LooseHunk hunk, List<String> tree) {
        this.hunk = hunk;
        this.tree = tree;
    }

    /** Looks for the hunk's place at or below index {@code from}; the nearest to where its header says. */
    boolean find(int from) {
        int wanted = Math.max(0, hunk.oldStart() - 1);
        int farthest = Math.max(tree.size(), wanted);
        for (int distance = 0; distance <= farthest; distance++) {
            if (fits(wanted + distance, from) || distance > 0 && fits(wanted - distance, from)) {
                body = rebuilt();
                return true;
            }
        }
        return false;
    }

    private boolean fits(int at, int from) {
        if (at < from || at > tree.size()) {
            return false;
        }
        int next = at;
        for (int i = 0; i < hunk.body().size(); i++) {
            String line = hunk.body().get(i);
            if (line.startsWith("+") || line.startsWith("\\")) {
                continue;
            }
            String wanted = bare(line);
            // Blank lines got lost on the way; those that did not are lines like any other.
            while (!wanted.isEmpty()
                    && next < tree.size()
                    && next > at
                    && bareTree(next).isEmpty()) {
                next++;
            }
            if (next >= tree.size() || !bareTree(next).equals(wanted)) {
                misfit = Math.max(misfit, i + 1);
                return false;
            }
            next++;
        }
        start = at;
        end = next;
        return next > at;
    }

    private String bareTree(int index) {
        return tree.get(index).replaceAll("\\s", "");
    }

    /** A context or removed line without its mark, if it still has one, and without white space. */
    private static String bare(String line) {
        String text = line.startsWith("-") ? line.substring(1) : line;
        return text.replaceAll("\\s", "");
    }

    private List<String> rebuilt() {
        List<String> lines = new ArrayList<>();
        List<String> added = new ArrayList<>();
        int next = start;
        for (String line : hunk.body()) {
            if (line.startsWith("+")) {
                added.add("+" + line.substring(1).strip());
            } else if (!line.startsWith("\\")) {
                // A blank line that was lost stood above or below what is added: nobody knows, and it is as good.
                while (!bare(line).isEmpty() && !bareTree(next).equals(bare(line))) {
                    lines.add(" " + tree.get(next++));
                }
                lines.addAll(added);
                added.clear();
                lines.add((line.startsWith("-") ? "-" : " ") + tree.get(next++));
            }
        }
        lines.addAll(added);
        addLostEnds(lines);
        return Indentation.restored(lines);
    }

    /** Blank lines at the ends of the hunk, which its header still counts. */
    private void addLostEnds(List<String> lines) {
        int lacking = hunk.oldCount() - (end - start);
        while (lacking > 0 && start > 0 && bareTree(start - 1).isEmpty() && start + 1 > hunk.oldStart()) {
            lines.add(0, " " + tree.get(--start));
            lacking--;
        }
        while (lacking > 0 && end < tree.size() && bareTree(end).isEmpty()) {
            lines.add(" " + tree.get(end++));
            lacking--;
        }
        while (lacking > 0 && start > 0 && bareTree(start - 1).isEmpty()) {
            lines.add(0, " " + tree.get(--start));
            lacking--;
        }
    }

    /** Which line of the hunk, counted from 1, was the farthest that did not fit anywhere. */
    int misfit() {
        return misfit;
    }

    /** The index behind the hunk's last line. */
    int end() {
        return end;
    }

    /** How many lines the hunk adds, less those that it takes out. */
    int growth() {
        return count('+') - count('-');
    }

    private int count(char mark) {
        return (int) body.stream().filter(l -> l.charAt(0) == mark).count();
    }

    /** The hunk, sound; {@code shift} is what the hunks above it add. */
    String text(int shift) {
        int old = body.size() - count('+');
        String section = hunk.section().isEmpty() ? "" : " " + hunk.section();
        return "@@ -" + (start + 1) + "," + old + " +" + (start + 1 + shift) + "," + (old + growth()) + " @@" + section
                + "\n" + String.join("\n", body) + "\n";
    }
}
