package org.patchproof.specfile;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a stretch of {@code %prep} ends in the directory in which it began. */
final class DirectoryMoves {
    private static final Pattern MOVES =
            Pattern.compile("(?:^|.*[;&|({]\\s*|.*\\b(?:then|do|else)\\s+)\\s*(cd|pushd|popd)\\b.*");

    private DirectoryMoves() {}

    /** The first line of {@code first..last} behind which the directory is not sure to be the same again. */
    static Optional<SpecLine> between(SpecFile spec, int first, int last) {
        int pushed = 0;
        Optional<SpecLine> open = Optional.empty();
        for (int i = first; i <= last; i++) {
            SpecLine line = spec.line(i);
            if (line.kind() != SpecLine.Kind.TEXT || !mayMove(line.text())) {
                continue;
            }
            if (line.text().length() > PrepCall.LONGEST) {
                return Optional.of(line);
            }
            var m = MOVES.matcher(line.text());
            if (!m.matches()) {
                continue;
            }
            boolean push = m.group(1).equals("pushd");
            boolean paired = !m.group(1).equals("cd") && line.text().strip().startsWith(m.group(1));
            pushed += push ? 1 : -1;
            if (!paired || pushed < 0) {
                return Optional.of(line);
            }
            open = pushed == 0 ? Optional.empty() : open.or(() -> Optional.of(line));
        }
        return open;
    }

    private static boolean mayMove(String text) {
        return text.contains("cd") || text.contains("pushd") || text.contains("popd");
    }

    /** Behind the popd, a few lines on, of a pushd of {@code from..before-1} that is open at {@code before}. */
    static int behindPopd(SpecFile spec, int from, int before) {
        if (between(spec, from, before - 1).isEmpty()) {
            return before;
        }
        for (int i = before; i <= Math.min(before + 3, spec.lines().size()); i++) {
            if (spec.line(i).text().strip().matches("popd\\b.*") && spec.line(i).depth() == 0) {
                return i + 1;
            }
        }
        return before;
    }
}
