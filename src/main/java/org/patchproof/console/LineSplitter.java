package org.patchproof.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.ConsoleLine.Flaw;

/**
 * The bytes between two line feeds -> the messages in them. A kernel message starts a new one
 * wherever its time stamp stands: programs print prompts without a line feed, and old kernels print
 * {@code ** 12 printk messages dropped ** } before the next message.
 */
final class LineSplitter {

    /** Whether the whole line was kept. */
    enum Cut {
        WHOLE,
        SHORT
    }

    /** A message, {@code skip} bytes into its line. */
    record Piece(int skip, Optional<Duration> stamp, Optional<String> caller, String text, Set<Flaw> flaws) {
        ConsoleLine at(long number, long lineStart) {
            return new ConsoleLine(number, lineStart + skip, stamp, caller, text, flaws);
        }
    }

    /** Control sequences, operating system commands, character sets, two-character escapes (ECMA-48). */
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B(?:\\[[0-?]*+[ -/]*+[@-~]|\\][^\u0007\u001B]*+(?:\u0007|\u001B\\\\)?+|[ -/]++[0-~]|[0-~])");

    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F]");

    /** printk's {@code "[%5lu.%06lu]"}, with a level before it where the console shows one. */
    private static final Pattern STAMP = Pattern.compile(
            "(?:<\\d{1,3}>)?\\[(?=[ \\d]{5})\\s*+(?<seconds>\\d{1,10})\\.(?<micros>\\d{6})\\](?= |\\[|$)");

    /** CONFIG_PRINTK_CALLER: the thread or, outside of one, the processor. */
    private static final Pattern CALLER = Pattern.compile("^\\s?\\[\\s*(?<caller>[TC]\\d{1,10})\\]");

    private static final Pattern LEVEL = Pattern.compile("^\\s?<\\d{1,3}>(?=[^\\s])");

    /** What syslog and journald write before a kernel message. */
    private static final Pattern SYSLOG = Pattern.compile(
            "^(?:[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}|\\d{4}-\\d{2}-\\d{2}T\\S{8,32}) \\S{1,255} kernel: ?");

    private LineSplitter() {}

    /** The messages of a line; at least one. */
    static List<Piece> split(byte[] bytes, int length, Cut cut) {
        String raw = new String(bytes, 0, length, StandardCharsets.UTF_8);
        Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
        if (raw.indexOf('\uFFFD') >= 0) {
            flaws.add(Flaw.UNDECODABLE);
        }
        if (cut == Cut.SHORT) {
            flaws.add(Flaw.TRUNCATED);
        }
        String clean = raw.indexOf('\u001B') >= 0 ? ESCAPES.matcher(raw).replaceAll("") : raw;
        clean = CONTROLS.matcher(clean).replaceAll("");
        return pieces(clean, new String(bytes, 0, length, StandardCharsets.ISO_8859_1), flaws);
    }

    private static List<Piece> pieces(String clean, String bytes, Set<Flaw> flaws) {
        List<Piece> pieces = new ArrayList<>();
        Matcher stamp = STAMP.matcher(clean);
        int from = 0;
        int skip = 0;
        Optional<Duration> time = Optional.empty();
        while (stamp.find()) {
            addBefore(pieces, clean.substring(from, stamp.start()), skip, time, flaws);
            skip = Math.max(skip, bytes.indexOf(stamp.group(), skip));
            time = Optional.of(Duration.ofSeconds(Long.parseLong(stamp.group("seconds")))
                    .plusNanos(1000L * Integer.parseInt(stamp.group("micros"))));
            from = stamp.end();
        }
        pieces.add(piece(clean.substring(from), skip, time, flaws));
        return pieces;
    }

    /** What stands before a time stamp is a message of its own, unless it is blank or a syslog prefix. */
    private static void addBefore(List<Piece> pieces, String text, int skip, Optional<Duration> time, Set<Flaw> flaws) {
        boolean prefixOnly =
                time.isEmpty() && SYSLOG.matcher(text).replaceFirst("").isBlank();
        if (!prefixOnly) {
            pieces.add(piece(text, skip, time, flaws));
        }
    }

    private static Piece piece(String text, int skip, Optional<Duration> time, Set<Flaw> flaws) {
        String rest = time.isEmpty() ? SYSLOG.matcher(text).replaceFirst("") : text;
        rest = LEVEL.matcher(rest).replaceFirst("");
        Matcher caller = CALLER.matcher(rest);
        Optional<String> who = Optional.empty();
        if (caller.find()) {
            who = Optional.of(caller.group("caller"));
            rest = rest.substring(caller.end());
        }
        rest = LEVEL.matcher(rest).replaceFirst("");
        if ((time.isPresent() || who.isPresent()) && rest.startsWith(" ")) {
            rest = rest.substring(1);
        }
        return new Piece(skip, time, who, rest.stripTrailing(), flaws);
    }
}
