package org.patchproof.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * Indents the added lines of a hunk, whose own white space was lost: by the braces above them, one tab
 * each, one more below an {@code if} without a brace and for a statement that goes on.
 */
final class Indentation {
    private Indentation() {}

    /** The lines of a hunk with those that start with {@code +} indented. */
    static List<String> restored(List<String> lines) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith("+") || line.length() == 1) {
                result.add(line);
                continue;
            }
            String text = line.substring(1);
            int tabs = Math.max(0, depth(result, lines, i) - (text.startsWith("}") ? 1 : 0));
            String inComment = text.startsWith("*") ? " " : "";
            result.add("+" + "\t".repeat(tabs) + inComment + text);
        }
        return result;
    }

    private static int depth(List<String> above, List<String> lines, int at) {
        for (int i = above.size() - 1; i >= 0; i--) {
            String text = above.get(i).substring(1);
            if (above.get(i).startsWith("-") || text.isBlank() || text.startsWith("#")) {
                continue;
            }
            return opens(text) ? tabs(text) + 1 : tabsBehind(above, i);
        }
        for (int i = at + 1; i < lines.size(); i++) {
            String text = lines.get(i).substring(1);
            if (lines.get(i).startsWith(" ") && !text.isBlank()) {
                return tabs(text);
            }
        }
        return 0;
    }

    private static int tabs(String text) {
        int tabs = 0;
        while (tabs < text.length() && text.charAt(tabs) == '\t') {
            tabs++;
        }
        return tabs;
    }

    private static boolean opens(String text) {
        String code = text.strip();
        boolean brace = code.endsWith("{");
        boolean shortIf = code.matches("(?:if|while|for)\\b.*\\)") || code.equals("else");
        return brace || shortIf || goesOn(code);
    }

    private static boolean goesOn(String code) {
        int open = 0;
        for (char c : code.toCharArray()) {
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return open > 0;
    }

    /** As deep as the line; less when it ends what an {@code if} without a brace, or a longer statement, began. */
    private static int tabsBehind(List<String> above, int at) {
        String last = above.get(at).substring(1);
        int tabs = tabs(last);
        if (!last.stripTrailing().endsWith(";")) {
            return tabs;
        }
        for (int i = at - 1; i >= 0; i--) {
            String text = above.get(i).substring(1);
            if (above.get(i).startsWith("-") || text.isBlank()) {
                continue;
            }
            boolean began =
                    tabs(text) < tabs && opens(text) && !text.stripTrailing().endsWith("{");
            if (!began) {
                break;
            }
            tabs = tabs(text);
        }
        return tabs;
    }
}
