package org.patchproof.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes one run. */
final class Writing {
    private Writing() {}

    static void write(Connection connection, RunFacts run) throws SQLException {
        execute(
                connection,
                "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                        + " digest = excluded.digest, directory = excluded.directory, bug = excluded.bug,"
                        + " patchproof = excluded.patchproof, state = excluded.state, started = excluded.started,"
                        + " updated = excluded.updated, host = excluded.host, acceleration = excluded.acceleration",
                run.id(),
                run.digest(),
                run.directory(),
                run.bug(),
                run.patchproof(),
                run.state(),
                run.started().toEpochMilli(),
                run.updated().toEpochMilli(),
                run.host(),
                run.acceleration());
        execute(connection, "DELETE FROM variant WHERE run = ?", run.id());
        for (RunFacts.VariantFacts variant : run.variants()) {
            write(connection, run.id(), variant);
        }
    }

    private static void write(Connection connection, String run, RunFacts.VariantFacts variant) throws SQLException {
        execute(
                connection,
                "INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                run,
                variant.kernel(),
                variant.name(),
                variant.role(),
                variant.source().orElse(null),
                variant.series(),
                variant.verdict().orElse(null),
                variant.outcome().map(Enum::name).orElse(null),
                variant.reason().orElse(null),
                variant.reproduced(),
                variant.counted(),
                variant.exposures(),
                variant.buildTime().map(java.time.Duration::toMillis).orElse(null),
                variant.lane());
        List<RunFacts.PatchFacts> patches = variant.patches();
        for (int i = 0; i < patches.size(); i++) {
            execute(
                    connection,
                    "INSERT INTO patch VALUES (?, ?, ?, ?, ?, ?)",
                    run,
                    variant.kernel(),
                    variant.name(),
                    i + 1,
                    patches.get(i).name(),
                    patches.get(i).sha256());
        }
        for (RunFacts.PackageFacts rpm : variant.packages()) {
            execute(
                    connection,
                    "INSERT INTO package VALUES (?, ?, ?, ?, ?)",
                    run,
                    variant.kernel(),
                    variant.name(),
                    rpm.nevra(),
                    rpm.sha256());
        }
        trials(connection, run, variant);
    }

    private static void trials(Connection connection, String run, RunFacts.VariantFacts variant) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO trial VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (RunFacts.TrialFacts trial : variant.trials()) {
                insert.setString(1, run);
                insert.setString(2, variant.kernel());
                insert.setString(3, variant.name());
                insert.setInt(4, trial.number());
                insert.setString(5, trial.outcome());
                insert.setInt(6, trial.exposures());
                insert.setLong(7, trial.elapsed().toMillis());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
