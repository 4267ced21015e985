package org.patchproof.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.history.Answers.Flaky;
import org.patchproof.history.Answers.Size;
import org.patchproof.history.Answers.Times;
import org.patchproof.history.Answers.Turn;
import org.patchproof.history.Answers.VerdictAt;

/** Questions to a history. The SQL is that of SQLite and of PostgreSQL alike. */
public final class Questions {
    private static final String VERDICTS =
            "SELECT r.started, r.id, r.bug, v.kernel, v.name, v.role, v.verdict, v.outcome, v.reproduced, v.counted,"
                    + " v.exposures, v.source, v.series, r.digest, r.directory, v.lane FROM variant v JOIN run r ON r.id = v.run"
                    + " WHERE v.verdict IS NOT NULL";

    private final HistoryDatabase database;

    Questions(HistoryDatabase database) {
        this.database = database;
    }

    /**
     * Which verdicts are meant.
     *
     * @param patch the start of a patch's sha256
     */
    public record Filter(Optional<String> kernel, Optional<String> variant, Optional<String> patch) {
        /** All of them. */
        public static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The newest {@code most} verdicts that {@code filter} lets through, newest first. */
    public List<VerdictAt> verdicts(Filter filter, int most) throws DamagedException {
        StringBuilder sql = new StringBuilder(VERDICTS);
        List<Object> values = new ArrayList<>();
        add(sql, values, filter);
        sql.append(" ORDER BY r.started DESC, r.id DESC, v.kernel, v.role DESC, v.name LIMIT ?");
        values.add(most);
        return query(sql.toString(), values, Questions::verdict);
    }

    /** For each kernel's variant that is bad now: when it was good last, and bad first. */
    public List<Turn> turns(Filter filter) throws DamagedException {
        StringBuilder sql = new StringBuilder(VERDICTS);
        List<Object> values = new ArrayList<>();
        add(sql, values, filter);
        sql.append(" AND v.outcome IN ('GOOD', 'BAD') ORDER BY r.bug, v.kernel, v.name, v.lane, r.started, r.id");
        Map<String, List<VerdictAt>> byCell = new LinkedHashMap<>();
        for (VerdictAt one : query(sql.toString(), values, Questions::verdict)) {
            byCell.computeIfAbsent(
                            one.bug() + "\n" + one.kernel() + "\n" + one.variant() + "\n" + one.lane(),
                            k -> new ArrayList<>())
                    .add(one);
        }
        List<Turn> turns = new ArrayList<>();
        byCell.values().forEach(verdicts -> turn(verdicts).ifPresent(turns::add));
        return turns;
    }

    private static Optional<Turn> turn(List<VerdictAt> verdicts) {
        int first = verdicts.size();
        while (first > 0 && verdicts.get(first - 1).outcome() == RunFacts.Outcome.BAD) {
            first--;
        }
        if (first == verdicts.size()) {
            return Optional.empty();
        }
        VerdictAt bad = verdicts.get(first);
        Optional<VerdictAt> good = first == 0 ? Optional.empty() : Optional.of(verdicts.get(first - 1));
        return Optional.of(new Turn(
                good,
                bad,
                good.isPresent() && !good.get().source().equals(bad.source()),
                good.isPresent() && !good.get().series().equals(bad.series())));
    }

    /** What was tried more than once, the same each time, and did not end the same each time. */
    public List<Flaky> flaky() throws DamagedException {
        return query(
                "SELECT r.bug, v.kernel, v.name, v.series,"
                        + " SUM(CASE WHEN v.outcome = 'GOOD' THEN 1 ELSE 0 END) AS good,"
                        + " SUM(CASE WHEN v.outcome = 'BAD' THEN 1 ELSE 0 END) AS bad,"
                        + " SUM(CASE WHEN v.outcome = 'INCONCLUSIVE' THEN 1 ELSE 0 END) AS inconclusive,"
                        + " SUM(v.reproduced) AS reproduced, SUM(v.counted) AS counted"
                        + " FROM variant v JOIN run r ON r.id = v.run WHERE v.verdict IS NOT NULL"
                        + " GROUP BY r.bug, v.kernel, v.name, v.series, v.source, v.lane"
                        + " HAVING SUM(CASE WHEN v.outcome = 'GOOD' THEN 1 ELSE 0 END) > 0"
                        + " AND SUM(CASE WHEN v.outcome IN ('BAD', 'INCONCLUSIVE') THEN 1 ELSE 0 END) > 0"
                        + " OR SUM(CASE WHEN v.outcome = 'BAD' THEN 1 ELSE 0 END) > 0"
                        + " AND SUM(CASE WHEN v.outcome = 'INCONCLUSIVE' THEN 1 ELSE 0 END) > 0"
                        + " ORDER BY bad DESC, inconclusive DESC, r.bug, v.kernel, v.name",
                List.of(),
                row -> new Flaky(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getInt(8),
                        row.getInt(9)));
    }

    /** How long builds and trials took, by kernel and variant. */
    public List<Times> times() throws DamagedException {
        Map<String, Times> times = new LinkedHashMap<>();
        String median = "SELECT kernel, name, n, MAX(CASE WHEN i = (n + 1) / 2 THEN t END), MAX(t) FROM"
                + " (SELECT kernel, %1$s AS name, %2$s AS t,"
                + " ROW_NUMBER() OVER (PARTITION BY kernel, %1$s ORDER BY %2$s) AS i,"
                + " COUNT(*) OVER (PARTITION BY kernel, %1$s) AS n FROM %3$s WHERE %4$s) AS ranked"
                + " GROUP BY kernel, name, n ORDER BY kernel, name";
        query(
                        String.format(median, "name", "build_time", "variant", "build_time IS NOT NULL"),
                        List.of(),
                        row -> new Times(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                Optional.of(Duration.ofMillis(row.getLong(4))),
                                0,
                                Optional.empty(),
                                Optional.empty()))
                .forEach(one -> times.put(one.kernel() + "\n" + one.variant(), one));
        query(
                        String.format(median, "variant", "elapsed", "trial", "outcome <> 'INFRA'"),
                        List.of(),
                        row -> new Times(
                                row.getString(1),
                                row.getString(2),
                                0,
                                Optional.empty(),
                                row.getInt(3),
                                Optional.of(Duration.ofMillis(row.getLong(4))),
                                Optional.of(Duration.ofMillis(row.getLong(5)))))
                .forEach(one -> times.merge(one.kernel() + "\n" + one.variant(), one, Questions::both));
        return List.copyOf(times.values());
    }

    private static Times both(Times builds, Times trials) {
        return new Times(
                builds.kernel(),
                builds.variant(),
                builds.builds(),
                builds.medianBuild(),
                trials.trials(),
                trials.medianTrial(),
                trials.longestTrial());
    }

    /** The verdicts on the variant that the RPM with this sha256 belongs to, newest first. */
    public List<VerdictAt> proves(String rpmSha256) throws DamagedException {
        return query(
                VERDICTS + " AND EXISTS (SELECT 1 FROM package p WHERE p.run = v.run AND p.kernel = v.kernel"
                        + " AND p.variant = v.name AND p.sha256 = ?) ORDER BY r.started DESC, r.id DESC",
                List.of(rpmSha256),
                Questions::verdict);
    }

    /** The digests of the runs that are known, by id. */
    public Map<String, String> digests() throws DamagedException {
        Map<String, String> digests = new LinkedHashMap<>();
        query("SELECT id, digest FROM run", List.of(), row -> digests.put(row.getString(1), row.getString(2)));
        return digests;
    }

    /** The directories of the runs that are known. */
    public List<String> directories() throws DamagedException {
        return query("SELECT directory FROM run", List.of(), row -> row.getString(1));
    }

    /** How much is known. */
    public Size size() throws DamagedException {
        return query(
                        "SELECT (SELECT COUNT(*) FROM run), (SELECT COUNT(*) FROM variant WHERE verdict IS NOT NULL),"
                                + " (SELECT COUNT(*) FROM trial)",
                        List.of(),
                        row -> new Size(row.getLong(1), row.getLong(2), row.getLong(3)))
                .get(0);
    }

    private static void add(StringBuilder sql, List<Object> values, Filter filter) {
        filter.kernel().ifPresent(kernel -> {
            sql.append(" AND v.kernel = ?");
            values.add(kernel);
        });
        filter.variant().ifPresent(variant -> {
            sql.append(" AND v.name = ?");
            values.add(variant);
        });
        filter.patch().ifPresent(patch -> {
            sql.append(" AND EXISTS (SELECT 1 FROM patch p WHERE p.run = v.run AND p.kernel = v.kernel"
                    + " AND p.variant = v.name AND p.sha256 >= ? AND p.sha256 < ?)");
            values.add(patch);
            values.add(patch + "g"); // the first text behind every digest that begins so
        });
    }

    /** Makes a value of a row. */
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, List<Object> values, Reading<T> reading) throws DamagedException {
        return database.guarded(() -> {
            List<T> found = new ArrayList<>();
            try (PreparedStatement statement = database.connection().prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(reading.read(rows));
                    }
                }
            }
            return found;
        });
    }

    private static VerdictAt verdict(ResultSet row) throws SQLException {
        return new VerdictAt(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                RunFacts.Outcome.valueOf(row.getString(8)),
                row.getInt(9),
                row.getInt(10),
                row.getInt(11),
                Optional.ofNullable(row.getString(12)).orElse(""),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16));
    }
}
