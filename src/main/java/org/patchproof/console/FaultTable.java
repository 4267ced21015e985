package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An ordered table of what kernels complain of: the first row whose pattern is found in a line names
 * the fault. The rows and their format are in the resource {@value #RESOURCE}.
 */
public final class FaultTable {
    static final String RESOURCE = "faults.table";

    private static final FaultTable STANDARD = load();

    private final List<FaultRow> rows;
    private final List<Pattern> places;
    private final Pattern plumbing;
    private final Optional<LiteralGate> gate;

    FaultTable(List<FaultRow> rows, List<Pattern> places, Pattern plumbing) {
        this.rows = List.copyOf(rows);
        this.places = List.copyOf(places);
        this.plumbing = plumbing;
        this.gate = LiteralGate.of(matches());
    }

    /** The table for Linux 3.10 to 7.x on x86-64 and arm64. */
    public static FaultTable standard() {
        return STANDARD;
    }

    /** The faults in these lines, in order. */
    public List<Fault> scan(Iterable<ConsoleLine> lines) {
        FaultScanner scanner = scanner();
        lines.forEach(scanner::accept);
        scanner.finish();
        return scanner.found();
    }

    /**
     * The faults in a console of any length, in order; the caller closes it. Lines that cannot matter are
     * passed over, which makes no difference to what is found.
     */
    public List<Fault> scan(InputStream console) throws IOException {
        FaultScanner scanner = scanner();
        LineSieve.sift(console, matches(), ConsoleLine.LIMIT, (number, offset, bytes, from, length, full, may) -> {
            byte[] line = Arrays.copyOfRange(bytes, from, from + length);
            LineSplitter.split(line, length, full > length ? LineSplitter.Cut.SHORT : LineSplitter.Cut.WHOLE)
                    .forEach(piece -> scanner.accept(piece.at(number, offset)));
            return scanner.waiting() ? LineSieve.Appetite.ALL : LineSieve.Appetite.SELECTED;
        });
        scanner.finish();
        return scanner.found();
    }

    /** The names of the rows, in order. */
    public List<String> names() {
        return rows.stream().map(FaultRow::name).toList();
    }

    FaultScanner scanner() {
        return new FaultScanner(this);
    }

    List<FaultRow> rows() {
        return rows;
    }

    /** Whether any row's text is in a line at all. */
    boolean mayBegin(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return gate.isEmpty() || gate.get().next(bytes, 0, bytes.length) < bytes.length;
    }

    private List<Pattern> matches() {
        return rows.stream().map(FaultRow::match).toList();
    }

    /** Lines that name a function, in the registers or the call trace: group {@code function}. */
    List<Pattern> places() {
        return places;
    }

    /** Functions that report, lock, copy or wait for others: never the ones to blame. */
    boolean isPlumbing(String function) {
        return plumbing.matcher(function).matches();
    }

    private static FaultTable load() {
        try (InputStream in = FaultTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program; build it again");
            }
            return FaultTableParser.parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
