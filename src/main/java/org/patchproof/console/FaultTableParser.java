package org.patchproof.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.patchproof.console.FaultRow.Place;

/** The text of a table of faults -> the table. */
final class FaultTableParser {
    private static final Set<String> KEYS = Set.of("match", "title", "place", "else", "absorbs", "severity");

    private final String file;
    private final List<FaultRow> rows = new ArrayList<>();
    private final List<Pattern> places = new ArrayList<>();
    private final List<String> plumbing = new ArrayList<>();
    private final Map<String, String> row = new HashMap<>();
    private int number;

    private FaultTableParser(String file) {
        this.file = file;
    }

    /** Parses a table; an error names {@code file} and line. */
    static FaultTable parse(String file, String text) {
        FaultTableParser parser = new FaultTableParser(file);
        for (String line : text.lines().toList()) {
            parser.number++;
            parser.line(line.strip());
        }
        parser.endRow();
        return new FaultTable(parser.rows, parser.places, parser.compile(String.join("|", parser.plumbing)));
    }

    private void line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int space = line.indexOf(' ');
        String key = space < 0 ? line : line.substring(0, space);
        String value = space < 0 ? "" : line.substring(space).strip();
        if (value.isEmpty()) {
            throw error("'" + key + "' has no value; write it after a blank");
        }
        switch (key) {
            case "function" -> places.add(compile(value));
            case "plumbing" -> plumbing.add(value);
            case "row" -> {
                endRow();
                row.put(key, value);
            }
            default -> setting(key, value);
        }
    }

    private void setting(String key, String value) {
        if (!KEYS.contains(key)) {
            throw error("unknown word '" + key + "'; known are function, plumbing, row, " + String.join(", ", KEYS));
        }
        if (!row.containsKey("row")) {
            throw error("'" + key + "' stands before the first 'row'");
        }
        if (row.put(key, value) != null) {
            throw error("'" + key + "' is given twice in row " + row.get("row"));
        }
    }

    private void endRow() {
        if (row.isEmpty()) {
            return;
        }
        Fault.Severity severity = switch (row.getOrDefault("severity", "survived")) {
            case "survived" -> Fault.Severity.SURVIVED;
            case "fatal" -> Fault.Severity.FATAL;
            default -> throw error("severity is 'survived' or 'fatal', not " + row.get("severity"));
        };
        rows.add(new FaultRow(
                row.get("row"),
                compile(required("match")),
                required("title"),
                place(row.getOrDefault("place", "line")),
                Optional.ofNullable(row.get("else")),
                Optional.ofNullable(row.get("absorbs")).map(this::compile),
                severity));
        row.clear();
    }

    private Place place(String value) {
        return switch (value) {
            case "line" -> new Place.Line();
            case "trace" -> new Place.Trace();
            case "caller" -> new Place.Caller();
            default -> new Place.Below(compile(value));
        };
    }

    private String required(String key) {
        String value = row.get(key);
        if (value == null) {
            throw error("row " + row.get("row") + " has no '" + key + "'");
        }
        return value;
    }

    private Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw error("no regular expression: " + regex + ": " + e.getDescription());
        }
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException(file + ":" + number + ": " + what);
    }
}
