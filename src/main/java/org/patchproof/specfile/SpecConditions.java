package org.patchproof.specfile;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines of a spec are read in every build, and which in none, as far as that can be told without rpm's macros:
 * {@code %if 0}, {@code %if 1}, the same by a macro that the spec defines once and for all, and what stands in their
 * {@code %else}; and {@code %if !%{nopatches}}, which holds in each build that was not asked to leave the vendor's
 * patches out.
 */
final class SpecConditions {
    private static final Pattern NUMBER = Pattern.compile("%if\\s+(!?)\\s*(\\d{1,9})");
    private static final Pattern MACRO = Pattern.compile("%if\\s+(!?)\\s*(?:0%\\{\\?(\\w+)\\}|%\\{\\??(\\w+)\\})");
    private static final Map<String, String> USUAL = Map.of("nopatches", "0");

    private enum Holds {
        YES,
        NO,
        UNKNOWN
    }

    private final SpecFile spec;
    private final BitSet always = new BitSet();
    private final BitSet never = new BitSet();

    SpecConditions(SpecFile spec) {
        this.spec = spec;
        Deque<Holds> open = new ArrayDeque<>();
        for (SpecLine line : spec.lines()) {
            if (line.kind() == SpecLine.Kind.CONDITIONAL) {
                turn(line, open);
            } else if (!open.isEmpty()) {
                always.set(line.number(), open.stream().allMatch(h -> h == Holds.YES));
                never.set(line.number(), open.contains(Holds.NO));
            }
        }
    }

    private void turn(SpecLine line, Deque<Holds> open) {
        String text = line.text().strip();
        if (text.startsWith("%if")) {
            open.push(judge(text, line.number()));
        } else if (!open.isEmpty()) {
            Holds inner = open.pop();
            if (text.startsWith("%elif")) {
                open.push(Holds.UNKNOWN);
            } else if (text.startsWith("%else")) {
                open.push(inner == Holds.YES ? Holds.NO : inner == Holds.NO ? Holds.YES : Holds.UNKNOWN);
            }
        }
    }

    private Holds judge(String text, int number) {
        Matcher plain = NUMBER.matcher(text);
        if (plain.matches()) {
            return judge(plain.group(1), plain.group(2));
        }
        Matcher macro = MACRO.matcher(text);
        if (!macro.matches()) {
            return Holds.UNKNOWN;
        }
        String name = macro.group(2) == null ? macro.group(3) : macro.group(2);
        String value = value(name, number);
        return judge(macro.group(1), value.isEmpty() ? USUAL.getOrDefault(name, "") : value);
    }

    /** What is defined twice, in a condition, or not before it is asked for, may be anything. */
    private String value(String name, int before) {
        List<SpecMacros.Definition> all = spec.macros().of(name);
        boolean known = all.size() == 1
                && all.get(0).line().depth() == 0
                && all.get(0).line().number() < before;
        return known ? String.join("\n", all.get(0).body()) : "";
    }

    private static Holds judge(String not, String value) {
        if (!value.matches("\\d{1,9}")) {
            return Holds.UNKNOWN;
        }
        return (Integer.parseInt(value) != 0) == not.isEmpty() ? Holds.YES : Holds.NO;
    }

    /** Whether a line, of this file, is read in every build. */
    boolean always(SpecLine line) {
        return isHere(line) && (line.depth() == 0 || always.get(line.number()));
    }

    /** Whether a line, of this file, is read in no build. */
    boolean never(SpecLine line) {
        return isHere(line) && never.get(line.number());
    }

    private boolean isHere(SpecLine line) {
        return line.number() <= spec.lines().size() && spec.line(line.number()).equals(line);
    }
}
