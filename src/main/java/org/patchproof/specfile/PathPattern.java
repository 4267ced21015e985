package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;

/** Names of a script, in which a star may be any text without a slash. */
final class PathPattern {
    private static final int LONGEST = 300;

    private PathPattern() {}

    /** Whether a name is one of those that a pattern stands for; a very long pattern stands for all. */
    static boolean matches(String pattern, String name) {
        if (pattern.length() > LONGEST) {
            return true;
        }
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (char c : pattern.toCharArray()) {
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < reached.length; i++) {
                if (c == '*') {
                    next[i] = reached[i] || i > 0 && next[i - 1] && name.charAt(i - 1) != '/';
                } else {
                    next[i] = i > 0 && reached[i - 1] && (c == '?' || c == name.charAt(i - 1));
                }
            }
            reached = next;
        }
        return reached[name.length()];
    }

    /** Whether a pattern stands for a name or for a folder that the name is in. */
    static boolean covers(String pattern, String name) {
        for (int end = name.indexOf('/'); end > 0; end = name.indexOf('/', end + 1)) {
            if (matches(pattern, name.substring(0, end))) {
                return true;
            }
        }
        return matches(pattern, name);
    }

    /** The last step of a path; {@code .} where that is the folder itself. */
    static String baseName(String path) {
        String plain = path.replaceFirst("/+$", "");
        String base = plain.substring(plain.lastIndexOf('/') + 1);
        return base.equals("..") ? "." : base;
    }

    /** A path's steps, without {@code .} and with each {@code ..} taken back; those above the first are dropped. */
    static List<String> steps(List<String> from, String path) {
        List<String> steps = new ArrayList<>(path.startsWith("/") ? List.of() : from);
        for (String step : path.split("/+")) {
            if (step.equals("..")) {
                if (!steps.isEmpty()) {
                    steps.remove(steps.size() - 1);
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
            }
        }
        return steps;
    }
}
