package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.Event.Kind;

/**
 * Console bytes, as they arrive, -> evidence. One thread may feed it while another asks how things
 * stand: every answer is about the whole lines read so far.
 */
public final class EvidenceCollector {
    private static final int CHUNK = 1 << 16;
    private static final Pattern MARK =
            Pattern.compile("^patchproof: (?<word>[a-z][a-z0-9-]{0,63})(?<values>(?: \\S+)*+) *$");

    private final EvidencePatterns patterns;
    private final ConsoleReader reader = new ConsoleReader(this::line);
    private final Optional<RaceEvents> race;
    private final FaultScanner faults = FaultTable.standard().scanner();
    private final DamageScanner damage = new DamageScanner();
    private final List<Event> events = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Set<Long> symptomLines = new HashSet<>();
    private int symptoms;

    /** A collector for the bug with these patterns. */
    public EvidenceCollector(EvidencePatterns patterns) {
        this.patterns = patterns;
        this.race = patterns.exposure().map(RaceEvents::new);
    }

    /** The evidence in a whole console; the caller closes {@code console}. */
    public static Evidence read(InputStream console, EvidencePatterns patterns) throws IOException {
        EvidenceCollector collector = new EvidenceCollector(patterns);
        byte[] chunk = new byte[CHUNK];
        for (int n = console.read(chunk); n >= 0; n = console.read(chunk)) {
            collector.accept(chunk, 0, n);
        }
        return collector.finish();
    }

    /** More bytes of the console. */
    public void accept(byte[] bytes) {
        accept(bytes, 0, bytes.length);
    }

    /** More bytes of the console: {@code count} of {@code bytes} from {@code from}. */
    public synchronized void accept(byte[] bytes, int from, int count) {
        reader.accept(bytes, from, count);
    }

    /** Exposures so far, since the mark {@code begin} when it was seen. */
    public synchronized int exposures() {
        long from = marks.stream()
                .filter(m -> m.word().equals(Mark.BEGIN))
                .mapToLong(Mark::line)
                .findFirst()
                .orElse(0);
        return race.map(r -> r.pairing().countAfter(from)).orElse(0);
    }

    /** Whether the bug showed itself so far. */
    public synchronized boolean symptomSeen() {
        return symptoms > 0;
    }

    /**
     * How long the bug has shown itself below the first mark with this word, by the kernel's clock: from its
     * first line there to its last. Zero before the mark, and for a single line.
     */
    public synchronized Duration symptomsSince(String word) {
        Optional<Mark> from = marks.stream().filter(m -> m.word().equals(word)).findFirst();
        if (symptoms < 2 || from.isEmpty()) {
            return Duration.ZERO;
        }
        List<Duration> stamps = events.stream()
                .filter(e -> e.kind() == Kind.SYMPTOM && e.line() > from.get().line())
                .flatMap(e -> e.stamp().stream())
                .sorted()
                .toList();
        return stamps.isEmpty() ? Duration.ZERO : stamps.get(stamps.size() - 1).minus(stamps.get(0));
    }

    /** The marks so far. */
    public synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** The faults so far; one whose function is still to come is not among them yet. */
    public synchronized List<Fault> faults() {
        return faultsButTheSymptom();
    }

    /** The faults so far after which the kernel is dead: nothing is to be waited for any more. */
    public synchronized List<Fault> fatal() {
        return faults().stream()
                .filter(f -> f.severity() == Fault.Severity.FATAL)
                .toList();
    }

    /** No more bytes will come: all that the console says. */
    public synchronized Evidence finish() {
        reader.finish();
        faults.finish();
        List<Event> timeline = new ArrayList<>(events);
        for (Fault fault : faultsButTheSymptom()) {
            timeline.add(new Event(
                    Kind.FAULT, fault.line(), fault.stamp(), Optional.empty(), Optional.empty(), fault.title()));
        }
        timeline.sort(Comparator.comparingLong(Event::line));
        return new Evidence(
                timeline,
                race.map(r -> r.pairing().exposures()).orElse(List.of()),
                race.map(RaceEvents::unreadable).orElse(List.of()),
                faultsButTheSymptom(),
                marks,
                damage.found(),
                reader.lines(),
                reader.bytes());
    }

    private void line(ConsoleLine line) {
        Matcher mark = MARK.matcher(line.text());
        if (mark.matches()) {
            mark(line, mark);
        } else {
            race.ifPresent(r -> r.accept(line, this::add));
            if (patterns.symptom().matcher(line.text()).find()) {
                symptoms++;
                if (add(event(Kind.SYMPTOM, line))) {
                    symptomLines.add(line.number());
                }
            }
            faults.accept(line);
        }
        damage.accept(line);
    }

    /** What the bug itself shows is no other complaint; but a kernel that is dead is dead. */
    private List<Fault> faultsButTheSymptom() {
        return faults.found().stream()
                .filter(fault -> fault.severity() == Fault.Severity.FATAL || !symptomLines.contains(fault.line()))
                .toList();
    }

    private void mark(ConsoleLine line, Matcher mark) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String part : mark.group("values").trim().split(" +")) {
            int equals = part.indexOf('=');
            if (!part.isEmpty()) {
                values.put(equals < 0 ? part : part.substring(0, equals), equals < 0 ? "" : part.substring(equals + 1));
            }
        }
        if (add(event(Kind.MARK, line))) {
            marks.add(new Mark(mark.group("word"), values, line.number(), line.stamp()));
        }
    }

    private static Event event(Kind kind, ConsoleLine line) {
        return new Event(kind, line.number(), line.stamp(), Optional.empty(), Optional.empty(), line.text());
    }

    private boolean add(Event event) {
        if (events.size() < Evidence.EVENT_LIMIT) {
            return events.add(event);
        }
        damage.tooManyEvents(event.line());
        return false;
    }
}
