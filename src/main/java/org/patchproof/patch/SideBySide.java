package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hunk beside the lines of a file that are most like its old lines, so that a person sees what
 * differs. Which lines these are is voted for: each line that both have, the rarer the stronger, votes
 * for the place where it stands; of equals the place that the patch names, or the nearest to it, wins.
 */
public final class SideBySide {
    /** Longer hunks and files are compared as far as this only: it is for people. */
    private static final int HUNK_LIMIT = 200;

    private static final int FILE_LIMIT = 200_000;
    /** How far lines that were put in or taken out may shift the rest. */
    private static final int SLACK = 3;
    /** How many lines the tree may have in between. */
    private static final int WINDOW = 20;
    /** Less than one line that only this place has is no likeness. */
    private static final double LIKE = 0.99;

    private SideBySide() {}

    /**
     * One row.
     *
     * @param patchLine a line of the hunk with its mark; empty when only the tree has this line
     * @param treeNumber where the tree's line stands, counted from 1; 0 when only the patch has it
     * @param treeLine the tree's line; empty when only the patch has it
     */
    public record Row(Optional<String> patchLine, int treeNumber, Optional<String> treeLine) {

        /** As sdiff marks them: blank for equal or added, {@code |} differs, {@code <} and {@code >} on one side only. */
        public char mark() {
            if (patchLine.isEmpty()) {
                return '>';
            }
            if (patchLine.get().startsWith("+")) {
                return ' ';
            }
            if (treeLine.isEmpty()) {
                return '<';
            }
            return patchLine.get().substring(1).equals(treeLine.get()) ? ' ' : '|';
        }
    }

    /** The rows for {@code hunk}; {@code tree} holds the file's lines, each character a byte. The rows are UTF-8. */
    static List<Row> of(Hunk hunk, List<String> tree) {
        List<String> body = hunk.lines().stream()
                .filter(l -> l.charAt(0) != '\\')
                .limit(HUNK_LIMIT)
                .toList();
        List<String> old = body.stream()
                .filter(l -> l.charAt(0) != '+')
                .map(l -> l.substring(1))
                .toList();
        int start = place(old, tree, Math.max(0, hunk.oldStart() - 1));
        int place = Math.min(start, tree.size());
        int from = Math.max(0, place - SLACK);
        int to = Math.min(tree.size(), place + old.size() + WINDOW);
        List<String> window = tree.subList(from, to);
        int[] partner = partners(old, window);
        int first = place - from;
        for (int i = partner.length - 1; i >= 0; i--) {
            first = partner[i] >= 0 ? Math.max(0, partner[i] - i) : first;
        }
        return rows(body, partner, window, from, first);
    }

    /** Whether the lines that the hunk adds stand in the tree, in a row, near the place that is most like it. */
    static boolean hasAdded(Hunk hunk, List<String> tree) {
        List<String> added = hunk.lines().stream()
                .filter(l -> l.charAt(0) == '+')
                .map(l -> l.substring(1))
                .toList();
        int from = place(hunk.oldLines(), tree, Math.max(0, hunk.oldStart() - 1));
        int start = Math.max(0, Math.min(from - WINDOW, tree.size()));
        int end = Math.min(tree.size(), from + hunk.lines().size() + WINDOW);
        boolean telling = added.stream().anyMatch(l -> l.strip().length() > 2);
        return telling && Collections.indexOfSubList(tree.subList(start, Math.max(start, end)), added) >= 0;
    }

    private static int place(List<String> old, List<String> tree, int expected) {
        Map<String, List<Integer>> where = new HashMap<>();
        for (int j = 0; j < Math.min(tree.size(), FILE_LIMIT); j++) {
            String key = tree.get(j).strip();
            if (key.length() > 2) {
                where.computeIfAbsent(key, k -> new ArrayList<>()).add(j);
            }
        }
        Map<Integer, Double> votes = new HashMap<>();
        for (int i = 0; i < old.size(); i++) {
            List<Integer> at = where.getOrDefault(old.get(i).strip(), List.of());
            for (int j : at) {
                votes.merge(Math.max(0, j - i), 1.0 / at.size(), Double::sum);
            }
        }
        int best = expected;
        double most = 0;
        for (int candidate : votes.keySet()) {
            double sum = 0;
            for (int shift = -SLACK; shift <= SLACK; shift++) {
                sum += votes.getOrDefault(candidate + shift, 0.0) / (1 + Math.abs(shift) * 0.1);
            }
            boolean nearer = Math.abs(candidate - expected) < Math.abs(best - expected);
            if (sum > most + 1e-9 || Math.abs(sum - most) <= 1e-9 && nearer) {
                best = candidate;
                most = sum;
            }
        }
        return most >= LIKE ? best : expected;
    }

    /** For each old line the index of its partner in the window, or -1: a longest common subsequence. */
    private static int[] partners(List<String> old, List<String> window) {
        int[][] length = new int[old.size() + 1][window.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = window.size() - 1; j >= 0; j--) {
                length[i][j] = old.get(i).equals(window.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        int[] partner = new int[old.size()];
        int j = 0;
        for (int i = 0; i < old.size(); i++) {
            partner[i] = -1;
            int k = j;
            while (k < window.size() && length[i][k] == length[i][j]) {
                if (old.get(i).equals(window.get(k)) && length[i + 1][k + 1] + 1 == length[i][j]) {
                    partner[i] = k;
                    j = k + 1;
                    break;
                }
                k++;
            }
        }
        return partner;
    }

    private static List<Row> rows(List<String> body, int[] partner, List<String> window, int from, int first) {
        List<Row> rows = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        int next = first;
        int i = 0;
        for (String line : body) {
            if (line.charAt(0) == '+') {
                waiting.add(line);
                continue;
            }
            int at = partner[i++];
            if (at < 0) {
                waiting.add(line);
                continue;
            }
            settle(rows, waiting, window.subList(next, at), from + next);
            rows.add(row(line, from + at + 1, window.get(at)));
            next = at + 1;
        }
        int rest = (int) waiting.stream().filter(l -> l.charAt(0) != '+').count();
        int end = Math.min(window.size(), next + rest);
        settle(rows, waiting, window.subList(next, end), from + next);
        return rows;
    }

    /** Lines without a partner: those of the patch beside those of the tree, as far as there are both. */
    private static void settle(List<Row> rows, List<String> waiting, List<String> tree, int first) {
        int used = 0;
        for (String line : waiting) {
            if (line.charAt(0) != '+' && used < tree.size()) {
                rows.add(row(line, first + used + 1, tree.get(used)));
                used++;
            } else {
                rows.add(new Row(Optional.of(utf8(line)), 0, Optional.empty()));
            }
        }
        for (; used < tree.size(); used++) {
            rows.add(new Row(Optional.empty(), first + used + 1, Optional.of(utf8(tree.get(used)))));
        }
        waiting.clear();
    }

    private static Row row(String patch, int number, String tree) {
        return new Row(Optional.of(utf8(patch)), number, Optional.of(utf8(tree)));
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
