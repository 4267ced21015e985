package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restores a patch whose white space was damaged, from the file that it is for: context and removed
 * lines are found there whatever their white space, blank lines that were lost come back, counts are
 * made anew. Lines that the patch adds are nowhere else: they are indented as the lines around them and
 * their braces want it, and a person should look at them.
 */
public final class PatchRepair {
    private final String name;
    private final TreeFiles tree;
    private final List<String> failures = new ArrayList<>();

    private PatchRepair(String name, TreeFiles tree) {
        this.name = name;
        this.tree = tree;
    }

    /**
     * What could be restored.
     *
     * @param patch the whole patch, sound; empty when a hunk could not be found in its file
     * @param failures why not, each as {@code name:line: ...}
     */
    public record Repair(Optional<Patch> patch, List<String> failures) {
        public Repair {
            failures = List.copyOf(failures);
        }
    }

    /** The paths that a patch file, damaged or not, touches. */
    public static List<String> paths(byte[] bytes) {
        return LooseHunk.all(lines(bytes)).stream()
                .map(LooseHunk::path)
                .distinct()
                .toList();
    }

    /** Repairs the patch file {@code bytes}. */
    public static Repair repair(String name, byte[] bytes, TreeFiles tree) {
        PatchRepair repair = new PatchRepair(name, tree);
        String text = repair.rebuilt(lines(bytes));
        if (!repair.failures.isEmpty() || text.isEmpty()) {
            return new Repair(Optional.empty(), repair.failures);
        }
        try {
            return new Repair(
                    Optional.of(PatchReader.parse(name, text.getBytes(StandardCharsets.ISO_8859_1))), List.of());
        } catch (PatchFormatException e) {
            return new Repair(Optional.empty(), List.of(name + ":" + e.line() + ": " + e.problem()));
        }
    }

    private static List<String> lines(byte[] bytes) {
        return List.of(new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .split("\n", -1));
    }

    private String rebuilt(List<String> lines) {
        StringBuilder text = new StringBuilder(head(lines));
        String path = "";
        int shift = 0;
        HunkRepair previous = null;
        for (LooseHunk hunk : LooseHunk.all(lines)) {
            if (!hunk.path().equals(path)) {
                path = hunk.path();
                shift = 0;
                previous = null;
                text.append("--- a/")
                        .append(path)
                        .append("\n+++ b/")
                        .append(path)
                        .append('\n');
            }
            Optional<String> content = tree.content(path);
            if (content.isEmpty()) {
                failures.add(name + ":" + hunk.line() + ": the tree has no file " + path);
                continue;
            }
            HunkRepair repair = new HunkRepair(hunk, ScratchTree.lines(content));
            int from = previous == null ? 0 : previous.end();
            if (!repair.find(from)) {
                failures.add(name + ":" + (hunk.line() + repair.misfit()) + ": " + path
                        + " has no lines like this hunk's; the farthest that it can be followed is this line");
                continue;
            }
            text.append(repair.text(shift));
            shift += repair.growth();
            previous = repair;
        }
        return text.toString();
    }

    /** What stands above the first diff is for people, and kept. */
    private static String head(List<String> lines) {
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("diff --git ") || LooseHunk.startsFile(lines, i)) {
                break;
            }
            head.append(lines.get(i)).append('\n');
        }
        return head.toString();
    }
}
