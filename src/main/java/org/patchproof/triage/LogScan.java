package org.patchproof.triage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.console.LineSieve;
import org.patchproof.console.LineSieve.Appetite;

/** Reads one log: what it says of each node. */
final class LogScan {
    /** A line of kubelet in JSON, with a pod's whole spec in it. */
    static final int LINE_LIMIT = 64 * 1024;

    /** Each line of the beginning is looked at, then one of so many bytes: to know who logs, and until when. */
    private static final long BEGINNING = 1L << 17;

    private static final int SAMPLE = 256 * 1024;
    private static final int MOST_NODES = 5000;

    /** What journalctl writes between two boots, in its older form: that is long enough to be looked for. */
    private static final Pattern REBOOT = Pattern.compile("^-- Reboot --$");

    /** In both; the newer one counts where each line is looked at. */
    private static final Pattern STARTS = Pattern.compile("-- (?:Reboot|Boot [0-9a-f]{32}) --");

    private static final Sought MACHINE = Sought.of(LineParser.MACHINE);
    private static final Sought BROADCAST = Sought.of(LineParser.BROADCAST_HEAD);

    /**
     * What a log says.
     *
     * @param undated of each bug, how often its symptom is there in lines without a time
     * @param read whether it could be read
     */
    record Result(
            Map<String, NodeLog> nodes, long lines, long bytes, List<String> notes, List<Long> undated, boolean read) {}

    private final LogFile log;
    private final List<BugPatterns> bugs;
    private final LineParser parser;
    private final Map<String, NodeLog> nodes = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final JournalExport export = new JournalExport();
    private final LookBack lookBack;
    private final Unsettled unsettled;
    private Optional<String> host = Optional.empty();
    private Optional<Moment> latest = Optional.empty();
    private final Undated undated;
    private boolean unreadable;
    private boolean crowded;
    private long leftOut;
    private long bytes;

    private LogScan(LogFile log, List<BugPatterns> bugs) throws IOException {
        this.log = log;
        this.bugs = bugs;
        this.undated = new Undated(bugs);
        Instant written = Files.getLastModifiedTime(log.path()).toInstant();
        this.parser = new LineParser(log.zone(), written);
        this.lookBack = new LookBack(new LineParser(log.zone(), written), this::nodeOf);
        this.unsettled = new Unsettled(bugs.stream()
                .map(BugPatterns::gap)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    static Result read(LogFile log, List<BugPatterns> bugs) throws IOException {
        return new LogScan(log, bugs).read();
    }

    private Result read() throws IOException {
        List<Pattern> patterns = new ArrayList<>(List.of(
                NodeLog.BANNER.pattern(),
                NodeLog.TAINT.pattern(),
                LineParser.BROADCAST_HEAD,
                LineParser.MACHINE,
                REBOOT));
        bugs.stream().flatMap(BugPatterns::all).forEach(patterns::add);
        patterns.add(Repeats.BEHIND);
        long[] lines = new long[1];
        LineSieve.Lines taker = (number, offset, block, from, length, full, may) -> {
            lines[0] = number;
            bytes = offset + full;
            lookBack.from(block, from);
            line(number, new String(block, from, length, StandardCharsets.UTF_8), may);
            boolean all = offset < BEGINNING || export.active() || parser.addsUp() || settling(offset);
            return all ? Appetite.ALL : Appetite.SELECTED;
        };
        try {
            lines[0] = sift(patterns, taker);
        } catch (UnreadableLogException e) {
            unreadable = true;
            notes.add(log.name() + " " + e.getMessage());
        } catch (EOFException e) {
            notes.add(log.name() + " ends too early, as a packed file that is still written to does; what"
                    + " could be read of it counts");
        } catch (IOException e) {
            notes.add(log.name() + " is damaged after line " + lines[0] + " (" + e.getMessage()
                    + "); what could be read of it counts");
        }
        export.end().ifPresent(entry -> accept(entry, lines[0], true));
        if (undated.all() > 0) {
            notes.add(log.name() + ": the symptom is there " + times(undated.all())
                    + " where no line tells a time; that was left out. Give a log with times, as dmesg -T and"
                    + " journalctl -o short-iso print it");
        }
        if (crowded) {
            notes.add(log.name() + " names more than " + MOST_NODES + " nodes; the others were left out"
                    + (leftOut == 0 ? "" : ", and with them the symptom " + times(leftOut)));
        }
        return new Result(nodes, lines[0], bytes, notes, undated.counts(), !unreadable);
    }

    /** Whether lines without a text that matters tell how something ended; those before this one at once. */
    private boolean settling(long offset) {
        if (latest.isEmpty() || !unsettled.wantsAll(latest.get(), offset)) {
            return false;
        }
        if (!unsettled.firstDueAt(offset)) {
            return true;
        }
        lookBack.walk(line -> {
            settle(line);
            return !unsettled.wantsAll(latest.get(), offset);
        });
        return unsettled.wantsAll(latest.get(), offset);
    }

    private void settle(LogLine line) {
        String name = nodeOf(line);
        if (line.moment().isPresent() && unsettled.has(name)) {
            unsettled.line(name, line.moment().get());
            if (!unsettled.has(name)) {
                nodes.get(name).lived(line.moment().get());
            }
        }
    }

    private long sift(List<Pattern> patterns, LineSieve.Lines taker) throws IOException {
        if (Decompression.plain(log.path())) {
            try (FileChannel in = FileChannel.open(log.path())) {
                return LineSieve.sift(in, patterns, LINE_LIMIT, SAMPLE, taker);
            }
        }
        try (InputStream in = Decompression.open(log.path())) {
            return LineSieve.sift(in, patterns, LINE_LIMIT, SAMPLE, taker);
        }
    }

    /**
     * A line.
     *
     * @param may false when it has nothing that is looked for, but its time and its host
     */
    private void line(long number, String text, boolean may) {
        String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (export.takes(whole, number)) {
            export.complete().ifPresent(entry -> accept(entry, number, true));
            return;
        }
        if (whole.startsWith("-- ") && STARTS.matcher(whole).matches()) {
            nodes.values().forEach(NodeLog::startsAnew);
            return;
        }
        LogLine line = parser.parse(whole);
        if (may) {
            MACHINE.in(whole).ifPresent(machine -> host = Optional.of(LineParser.shortHost(machine.group("host"))));
            if (BROADCAST.in(whole).isPresent()) {
                host = line.host();
            }
        }
        accept(line, number, may);
    }

    private void accept(LogLine line, long number, boolean may) {
        boolean unread = may && line.moment().isEmpty() && LineParser.hasUnreadHead(line.text()) && symptom(line);
        Optional<Moment> moment = unread ? Optional.empty() : line.moment().or(() -> latest);
        if (moment.isEmpty()) {
            if (may) {
                undated.look(line);
            }
            return;
        }
        latest = moment;
        String name = nodeOf(line);
        if (!nodes.containsKey(name) && nodes.size() == MOST_NODES) {
            crowded = true;
            if (may && symptom(line)) {
                leftOut++;
            }
            return;
        }
        NodeLog node = nodes.computeIfAbsent(name, n -> new NodeLog(bugs));
        unsettled.line(name, moment.get());
        if (may) {
            lookBack.of(name);
            if (node.accept(line, moment.get(), new Seen(log.name(), number), lookBack)) {
                unsettled.symptom(name, moment.get());
            }
        } else {
            node.pass(moment.get());
        }
    }

    private String nodeOf(LogLine line) {
        return line.host().or(() -> host).or(log::node).orElse(log.name());
    }

    private boolean symptom(LogLine line) {
        return bugs.stream().anyMatch(bug -> bug.symptom().in(line.text()).isPresent());
    }

    private static String times(long count) {
        return count + (count == 1 ? " time" : " times");
    }
}
