package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code for i in %{patches}; do ApplyPatch $i; done}: whatever is declared is applied, in the order of
 * declaration.
 *
 * @param line the {@code for}
 * @param last the line of its {@code done}
 * @param call what it does with each patch
 * @param plain the function's name, when the loop does nothing else; empty otherwise
 */
record PatchLoop(SpecLine line, int last, PrepCall call, Optional<String> plain) {
    private static final Pattern FOR = Pattern.compile("\\s*for\\s+\\w+\\s+in\\b.*%\\{?patches\\b.*");
    private static final Pattern PLAIN =
            Pattern.compile("\\s*for\\s+(\\w+)\\s+in\\s+%\\{?patches\\}?\\s*;+\\s*do[\\s;]+(Apply\\w*Patch\\w*)\\s+"
                    + "['\"]?\\$(?:\\1|\\{\\1\\})['\"]?\\s*;+\\s*done\\s*;?\\s*");
    private static final int LONGEST = 50;

    /** The first one that calls a function of {@code calls}. */
    static Optional<PatchLoop> find(SpecFile spec, List<PrepCall> calls) {
        for (PrepCall call : calls) {
            if (call.kind() == PrepCall.Kind.FUNCTION) {
                Optional<PatchLoop> loop = around(spec, call);
                if (loop.isPresent()) {
                    return loop;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<PatchLoop> around(SpecFile spec, PrepCall call) {
        int at = call.line().number();
        for (int first = at; first > Math.max(0, at - LONGEST); first--) {
            SpecLine line = spec.line(first);
            if (line.plainIn(Section.PREP) && FOR.matcher(line.text()).matches()) {
                return from(spec, line, call);
            }
            if (first < at && ends(line)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<PatchLoop> from(SpecFile spec, SpecLine line, PrepCall call) {
        StringBuilder whole = new StringBuilder();
        for (int i = line.number(); i <= Math.min(spec.lines().size(), line.number() + LONGEST); i++) {
            SpecLine next = spec.line(i);
            if (next.kind() != SpecLine.Kind.COMMENT) {
                whole.append(next.text()).append(';');
            }
            if (next.plainIn(Section.PREP) && ends(next)) {
                Matcher m = PLAIN.matcher(whole);
                Optional<String> plain = m.matches() ? Optional.of(m.group(2)) : Optional.empty();
                return call.line().number() <= i ? Optional.of(new PatchLoop(line, i, call, plain)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean ends(SpecLine line) {
        return line.text().matches("(?:.*[;\\s])?done\\b.*");
    }
}
