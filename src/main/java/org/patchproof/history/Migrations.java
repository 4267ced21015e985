package org.patchproof.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date, by Flyway; asks first, as Flyway itself takes its time. */
final class Migrations {
    /** The last of {@code migration/V*.sql}. */
    static final int LATEST = 3;

    private Migrations() {}

    /** Whether there is nothing to be done. */
    static boolean isCurrent(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
            if (!tables.next()) {
                return false;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery("SELECT version FROM flyway_schema_history"
                        + " WHERE success = " + truth(connection) + " ORDER BY installed_rank DESC LIMIT 1")) {
            return last.next() && last.getString(1) != null && Integer.parseInt(last.getString(1)) == LATEST;
        }
    }

    private static String truth(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("SQLite") ? "1" : "TRUE";
    }

    static void run(String url) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(url, null, null)
                    .locations("classpath:org/patchproof/history/migration")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new HistoryException(
                    "the history's tables cannot be brought up to date: " + e.getMessage(),
                    "Was it written by a later patchproof? Use that one, or name another database with --db.",
                    e);
        }
    }
}
