package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    FaultTable(List<FaultRow> rows, List<Pattern> places, Pattern plumbing) {
        this.rows = List.copyOf(rows);
        this.places = List.copyOf(places);
        this.plumbing = plumbing;
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
