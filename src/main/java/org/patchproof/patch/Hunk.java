package org.patchproof.patch;

import java.util.List;
import java.util.Objects;

/**
 * One hunk of a unified diff.
 *
 * @param oldStart first line in the old file, counted from 1 (0 for a file that does not exist)
 * @param oldCount lines in the old file
 * @param newStart first line in the new file
 * @param newCount lines in the new file
 * @param section what stands after the second {@code @@}: by custom the function that the hunk is
 *     in, often cut; empty when nothing stands there
 * @param lines the body, each line with its leading {@code ' '}, {@code '+'}, {@code '-'} or
 *     {@code '\'}; ISO-8859-1, so that each character is one byte of the file
 * @param line the line of the patch file that holds the {@code @@}, counted from 1
 */
public record Hunk(
        int oldStart, int oldCount, int newStart, int newCount, String section, List<String> lines, int line) {

    public Hunk {
        Objects.requireNonNull(section);
        lines = List.copyOf(lines);
    }

    /** The lines that must be in the old file, without their marks. */
    public List<String> oldLines() {
        return side('-');
    }

    /** The lines that are in the new file, without their marks. */
    public List<String> newLines() {
        return side('+');
    }

    private List<String> side(char mark) {
        return lines.stream()
                .filter(l -> l.charAt(0) == ' ' || l.charAt(0) == mark)
                .map(l -> l.substring(1))
                .toList();
    }

    /** The {@code @@} line. */
    public String header() {
        String range = "@@ -" + oldStart + "," + oldCount + " +" + newStart + "," + newCount + " @@";
        return section.isEmpty() ? range : range + " " + section;
    }

    /** The whole hunk as it stands in a patch, each line ended by a newline. */
    public String text() {
        return header() + "\n" + String.join("\n", lines) + "\n";
    }
}
