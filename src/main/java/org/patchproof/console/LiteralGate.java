package org.patchproof.console;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.patchproof.console.RequiredLiterals.LetterCase;

/**
 * Finds the next place in bytes where any of many texts stands.
 *
 * <p>Of each text a window is chosen, as long as the shortest text and where letters are rare. Two bytes
 * are looked at, then as many are left out as a window cannot hide in: with texts of five letters, every
 * fourth pair. Only where that pair and the next are those of a text is it compared. No step depends on the one
 * before, so that processors do several at once; that makes it faster than jumps whose length has to be
 * looked up. May be used by several threads.
 */
final class LiteralGate {
    private static final int WIDEST = 16;
    private static final int NARROW = 5;

    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle TWO = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** A text that has a pair {@code offset} bytes after its beginning. */
    private record Place(String text, int offset) {}

    private final LetterCase letterCase;
    private final int window;
    private final short[] marks = new short[1 << 16];
    private final short[] nextMarks = new short[1 << 16];
    private final byte[][][] texts = new byte[1 << 16][][];
    private final int[][] offsets = new int[1 << 16][];
    /** The first letters of the texts, small where letter case does not matter. */
    private final byte[][] firsts = new byte[1 << 16][];

    /** A bit that letters differ in that are large or small; equal bytes stay equal with it. */
    private final int fold;

    private LiteralGate(Set<String> literals, LetterCase letterCase, LogWords words) {
        this.letterCase = letterCase;
        int shortest = literals.stream().mapToInt(String::length).min().orElse(2);
        // One letter less, where that costs little: of each pair in the window a letter after it is known then, too.
        this.window = Math.min(shortest > NARROW ? shortest - 1 : shortest, WIDEST);
        this.fold = letterCase == LetterCase.ANY ? 0x20 : 0;
        Map<Integer, List<Place>> places = new HashMap<>();
        literals.forEach(literal -> add(literal, words, places));
        places.forEach((pair, list) -> {
            list.forEach(place -> mark(pair, place));
            texts[pair] = list.stream()
                    .map(place -> place.text().getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
            offsets[pair] = list.stream().mapToInt(Place::offset).toArray();
            firsts[pair] = new byte[list.size()];
            for (int i = 0; i < list.size(); i++) {
                firsts[pair][i] = (byte) (texts[pair][i][0] | fold);
            }
        });
    }

    /**
     * A gate for lines in which any of these patterns may be found; empty when one of them may be found
     * in any line.
     */
    static Optional<LiteralGate> of(Collection<Pattern> patterns) {
        return of(patterns, new LogWords());
    }

    /** As the other, for logs that are full of {@code words}. */
    static Optional<LiteralGate> of(Collection<Pattern> patterns, LogWords words) {
        Set<String> texts = new TreeSet<>();
        LetterCase letterCase = LetterCase.EXACT;
        for (Pattern pattern : patterns) {
            Optional<RequiredLiterals> literals = RequiredLiterals.of(pattern);
            if (literals.isEmpty()) {
                return Optional.empty();
            }
            texts.addAll(literals.get().texts());
            letterCase = literals.get().letterCase() == LetterCase.ANY ? LetterCase.ANY : letterCase;
        }
        if (letterCase == LetterCase.ANY) {
            Set<String> lower = new TreeSet<>();
            texts.forEach(text -> lower.add(text.toLowerCase(Locale.ROOT)));
            texts = lower;
        }
        return Optional.of(new LiteralGate(RegexShape.withoutLonger(texts), letterCase, words));
    }

    /**
     * A place in the line of the first text that stands at {@code from} or later and wholly before
     * {@code to}; else {@code to}.
     */
    int next(byte[] bytes, int from, int to) {
        // The quick compiler reads a field anew each time round.
        short[] pairs = marks;
        short[] next = nextMarks;
        int step = window - 1;
        int at = from + window - 2 & ~3;
        for (; at + 3 * step < to - 3; at += 4 * step) {
            int a = (int) TWO.get(bytes, at);
            int b = (int) TWO.get(bytes, at + step);
            int c = (int) TWO.get(bytes, at + 2 * step);
            int d = (int) TWO.get(bytes, at + 3 * step);
            int first = pairs[a & 0xFFFF] & next[a >>> 16] | pairs[b & 0xFFFF] & next[b >>> 16];
            int second = pairs[c & 0xFFFF] & next[c >>> 16] | pairs[d & 0xFFFF] & next[d >>> 16];
            if ((first | second) != 0) {
                int begin = first == 0 ? -1 : compare(a, b, bytes, from, at, to);
                if (begin < 0 && second != 0) {
                    begin = compare(c, d, bytes, from, at + 2 * step, to);
                }
                if (begin >= 0) {
                    return begin;
                }
            }
        }
        for (; at < to - 1; at += step) {
            int begin = compare((short) PAIR.get(bytes, at) & 0xFFFF, bytes, from, at, to);
            if (begin >= 0) {
                return begin;
            }
        }
        return to;
    }

    /** One of sixteen marks for a text, on the pair and on the one after it; the sixteenth when that one may be any. */
    private void mark(int pair, Place place) {
        String text = place.text();
        int then = place.offset() + 2;
        if (then + 1 >= text.length()) {
            marks[pair] |= (short) 0x8000;
            for (int any = 0; any < nextMarks.length; any++) {
                nextMarks[any] |= (short) 0x8000;
            }
            return;
        }
        short mark = (short) (1 << Math.floorMod(text.hashCode() * 31 + then, 15));
        marks[pair] |= mark;
        for (char first : cases(text.charAt(then))) {
            for (char second : cases(text.charAt(then + 1))) {
                nextMarks[first | second << 8] |= mark;
            }
        }
    }

    /** Two places a step apart. */
    private int compare(int one, int other, byte[] bytes, int from, int at, int to) {
        int begin =
                (marks[one & 0xFFFF] & nextMarks[one >>> 16]) == 0 ? -1 : compare(one & 0xFFFF, bytes, from, at, to);
        return begin < 0 ? compare(other & 0xFFFF, bytes, from, at + window - 1, to) : begin;
    }

    private int compare(int pair, byte[] bytes, int from, int at, int to) {
        int[] back = offsets[pair];
        if (back == null) {
            return -1;
        }
        byte[][] all = texts[pair];
        byte[] first = firsts[pair];
        for (int i = 0; i < back.length; i++) {
            int begin = at - back[i];
            // The quick compiler calls: most are told from one letter.
            if (begin >= from && (bytes[begin] | fold) == first[i] && stands(all[i], bytes, begin, to)) {
                return begin;
            }
        }
        return -1;
    }

    private boolean stands(byte[] text, byte[] bytes, int at, int to) {
        if (at + text.length > to) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[at + i];
            boolean large = letterCase == LetterCase.ANY && b >= 'A' && b <= 'Z';
            if ((large ? b + 32 : b) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private void add(String text, LogWords words, Map<Integer, List<Place>> places) {
        int start = rarest(text, words);
        for (int offset = start; offset < start + window - 1; offset++) {
            for (char first : cases(text.charAt(offset))) {
                for (char second : cases(text.charAt(offset + 1))) {
                    places.computeIfAbsent(first | second << 8, pair -> new ArrayList<>())
                            .add(new Place(text, offset));
                }
            }
        }
    }

    /** Where in a text the window is that logs have least of. */
    private int rarest(String text, LogWords words) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int start = 0; start + window <= text.length(); start++) {
            int common = 0;
            for (int at = start; at < start + window - 1; at++) {
                common += words.common(text, at);
            }
            if (common < least) {
                least = common;
                best = start;
            }
        }
        return best;
    }

    private char[] cases(char c) {
        return letterCase == LetterCase.ANY && c >= 'a' && c <= 'z'
                ? new char[] {c, Character.toUpperCase(c)}
                : new char[] {c};
    }
}
