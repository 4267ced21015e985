package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The conflicts of a merged file, each with its place and some lines around it. */
final class ConflictText {
    private static final int AROUND = 3;
    private static final int LINES_LIMIT = 200;

    private ConflictText() {}

    /** From the whole file with its markers; the result is UTF-8. */
    static String of(String merged) {
        List<String> lines = List.of(merged.split("\n", -1));
        boolean[] shown = new boolean[lines.size()];
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            inside |= lines.get(i).startsWith("<<<<<<< ");
            if (inside) {
                for (int j = Math.max(0, i - AROUND); j <= Math.min(lines.size() - 1, i + AROUND); j++) {
                    shown[j] = true;
                }
            }
            inside &= !lines.get(i).startsWith(">>>>>>> ");
        }
        StringBuilder text = new StringBuilder();
        int many = 0;
        for (int i = 0; i < lines.size() && many < LINES_LIMIT; i++) {
            if (shown[i]) {
                if (i == 0 || !shown[i - 1]) {
                    text.append("line ").append(i + 1).append(":\n");
                }
                text.append(lines.get(i)).append('\n');
                many++;
            }
        }
        if (many == LINES_LIMIT) {
            text.append("...\n");
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
