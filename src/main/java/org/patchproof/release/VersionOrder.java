package org.patchproof.release;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** Asks rpm itself which of two packages replaces the other. */
public final class VersionOrder {
    /** What a version or a release may hold (rpm's ALLOWED_CHARS_VERREL): nothing that could end a string. */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._+~^]{1,200}");

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,15}(?:\\.\\d{1,15}){0,8}");

    private final CommandRunner runner;

    public VersionOrder(CommandRunner runner) {
        this.runner = runner;
    }

    /** A version, as rpm compares it. */
    public record Evr(OptionalLong epoch, String version, String release) {
        public Evr {
            if (!PART.matcher(version).matches() || !PART.matcher(release).matches()) {
                throw new IllegalArgumentException("not a version and a release: " + version + "-" + release);
            }
        }

        @Override
        public String toString() {
            return (epoch.isPresent() ? epoch.getAsLong() + ":" : "") + version + "-" + release;
        }

        Evr withRelease(String other) {
            return new Evr(epoch, version, other);
        }
    }

    /**
     * One line of the table.
     *
     * @param older must be replaced by {@code newer}
     * @param what the two are, in words
     * @param compared what rpm says: -1 when {@code older} is older, 0, 1
     */
    public record Row(Evr older, Evr newer, String what, int compared) {
        /** Whether the update goes the right way. */
        public boolean holds() {
            return compared < 0;
        }

        @Override
        public String toString() {
            String sign = compared < 0 ? "<" : compared == 0 ? "=" : ">";
            return older + " " + sign + " " + newer + "   " + what + (holds() ? "" : "   WRONG");
        }
    }

    /**
     * The table for {@code ours} between the vendor's broken kernel and the next ones.
     *
     * @param next releases that the vendor is known to bring next; beside them the usual ways of counting on
     *     are asked: each of the release's numbers plus one, and a further number behind them
     */
    public List<Row> table(Evr broken, Evr ours, List<Evr> next) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(broken, ours, "replaces the vendor's broken kernel"));
        for (Evr one : next) {
            rows.add(row(ours, one, "is replaced by the vendor's next kernel, as named"));
        }
        for (Evr one : usual(broken)) {
            rows.add(row(ours, one, "is replaced by the vendor's next kernel, counted on"));
        }
        return rows;
    }

    /**
     * How vendors count on: after {@code 693.5.2.el7} come {@code 693.5.2.1.el7}, {@code 693.5.3.el7}, {@code
     * 693.6.el7} and {@code 694.el7}.
     */
    static List<Evr> usual(Evr broken) {
        Matcher numbers = NUMBERS.matcher(broken.release());
        if (!numbers.lookingAt()) {
            return List.of();
        }
        String tail = broken.release().substring(numbers.end());
        List<Evr> next = new ArrayList<>(List.of(broken.withRelease(numbers.group() + ".1" + tail)));
        List<String> parts = List.of(numbers.group().split("\\."));
        for (int i = parts.size() - 1; i >= 0; i--) {
            List<String> counted = new ArrayList<>(parts.subList(0, i));
            counted.add(Long.toString(Long.parseLong(parts.get(i)) + 1));
            next.add(broken.withRelease(String.join(".", counted) + tail));
        }
        return next;
    }

    private Row row(Evr older, Evr newer, String what) {
        long one = older.epoch().orElse(0);
        long two = newer.epoch().orElse(0);
        int compared = Long.compare(one, two);
        if (compared == 0) {
            compared = compare(older.version(), newer.version());
        }
        if (compared == 0) {
            compared = compare(older.release(), newer.release());
        }
        return new Row(older, newer, what, compared);
    }

    private int compare(String one, String two) {
        String lua = "%{lua: print(rpm.vercmp('" + one + "', '" + two + "'))}";
        String said =
                runner.run(Command.of("rpm", "--eval", lua)).orThrow().output().strip();
        return switch (said) {
            case "-1", "0", "1" -> Integer.parseInt(said);
            default -> throw new IllegalStateException("rpm compares " + one + " with " + two + ": '" + said + "'");
        };
    }
}
