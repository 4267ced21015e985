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

    /** Words that logs are full of. */
    private static final String USUAL = " kernel: kubelet[1234]: systemd[1]: Started Stopped container containers "
            + "dockerd containerd level=info level=warning level=error msg=\" time=\"2020-01-01T00:00:00 timeout failed "
            + "failure for the from to in on of is and with was not that user root pod pods name namespace network "
            + "device devices link port ports entered state becomes ready volume mount unmount started stopped "
            + "starting stopping connection connect refused session opened closed address release released "
            + "deleted deleting created default token service server client request response error info task "
            + "process exit code signal memory cpu node image path file directory running restart health "
            + "[    0.000000] [   12.345678] eth0: pci 0000:00:00.0: ACPI: usb 1-1: Call Trace: ? + 0x10/0x20 RIP: ";

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

    private LiteralGate(Set<String> literals, LetterCase letterCase) {
        this.letterCase = letterCase;
        int shortest = literals.stream().mapToInt(String::length).min().orElse(2);
        this.window = Math.min(shortest, WIDEST);
        Map<Integer, List<Place>> places = new HashMap<>();
        literals.forEach(literal -> add(literal, places));
        places.forEach((pair, list) -> {
            list.forEach(place -> mark(pair, place));
            texts[pair] = list.stream()
                    .map(place -> place.text().getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
            offsets[pair] = list.stream().mapToInt(Place::offset).toArray();
        });
    }

    /**
     * A gate for lines in which any of these patterns may be found; empty when one of them may be found
     * in any line.
     */
    static Optional<LiteralGate> of(Collection<Pattern> patterns) {
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
        return Optional.of(new LiteralGate(RegexShape.withoutLonger(texts), letterCase));
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
        int at = from + window - 2;
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
        for (int i = 0; i < back.length; i++) {
            int begin = at - back[i];
            if (begin >= from && stands(texts[pair][i], bytes, begin, to)) {
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
            boolean fold = letterCase == LetterCase.ANY && b >= 'A' && b <= 'Z';
            if ((fold ? b + 32 : b) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private void add(String text, Map<Integer, List<Place>> places) {
        int start = rarest(text);
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
    private int rarest(String text) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int start = 0; start + window <= text.length(); start++) {
            int common = 0;
            for (int at = start; at < start + window - 1; at++) {
                common += commonness(text, at);
            }
            if (common < least) {
                least = common;
                best = start;
            }
        }
        return best;
    }

    /** Roughly how often the pair there, with the one after it, is met in logs. */
    private static int commonness(String text, int at) {
        String four = text.substring(at, Math.min(text.length(), at + 4));
        int common = 1;
        for (int found = USUAL.indexOf(four); found >= 0; found = USUAL.indexOf(four, found + 1)) {
            common += 10;
        }
        for (int found = USUAL.indexOf(four.substring(0, 2)); found >= 0; ) {
            common += 1;
            found = USUAL.indexOf(four.substring(0, 2), found + 1);
        }
        return common;
    }

    private char[] cases(char c) {
        return letterCase == LetterCase.ANY && c >= 'a' && c <= 'z'
                ? new char[] {c, Character.toUpperCase(c)}
                : new char[] {c};
    }
}
