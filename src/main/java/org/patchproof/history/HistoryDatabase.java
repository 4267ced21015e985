package org.patchproof.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * An open history. Several processes may have the same one open; each writes a run in one transaction
 * and waits for the others.
 */
public final class HistoryDatabase implements AutoCloseable {
    private static final int WAIT_MILLIS = 60_000;

    private final Store store;
    private final Connection connection;

    private HistoryDatabase(Store store, Connection connection) {
        this.store = store;
        this.connection = connection;
    }

    /**
     * Opens the history in {@code store}, made or brought up to date if need be.
     *
     * @throws DamagedException when the file is damaged; it is left as it is
     * @throws HistoryException when the database cannot be reached, or is of a later version
     */
    public static HistoryDatabase open(Store store) throws DamagedException {
        try {
            if (store.file().isPresent()) {
                Files.createDirectories(store.file().get().getParent());
            }
            Connection connection = connect(store);
            try {
                check(store, connection);
                migrate(store, connection);
                return new HistoryDatabase(store, connection);
            } catch (SQLException | RuntimeException | DamagedException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw inWords(store, e);
        } catch (IOException e) {
            throw new HistoryException(
                    store.shown() + ": " + e.getMessage(), "See that the folder is there and may be written.", e);
        }
    }

    private static Connection connect(Store store) throws SQLException {
        Properties settings = new Properties();
        if (store.file().isPresent()) {
            SQLiteConfig config = new SQLiteConfig();
            config.setBusyTimeout(WAIT_MILLIS);
            config.enforceForeignKeys(true);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
            settings = config.toProperties();
        }
        return DriverManager.getConnection(store.url(), settings);
    }

    /** SQLite notices a damaged page only when it reads it: so all are looked at. */
    private static void check(Store store, Connection connection) throws SQLException, DamagedException {
        if (store.file().isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet said = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!said.next() || !said.getString(1).equals("ok")) {
                throw new DamagedException(store.file().get() + " is damaged: " + said.getString(1), null);
            }
        }
    }

    /** SQLite has no lock for two that make the same tables at once. */
    private static void migrate(Store store, Connection connection) throws SQLException, IOException {
        if (Migrations.isCurrent(connection)) {
            return;
        }
        if (store.file().isEmpty()) {
            Migrations.run(store.url());
            return;
        }
        Path lock = store.file().get().resolveSibling(store.file().get().getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until it is closed
            if (!Migrations.isCurrent(connection)) {
                Migrations.run(store.url());
            }
        }
    }

    /** Takes {@code run} in, in place of what was kept of the same run; one transaction. */
    public synchronized void put(RunFacts run) throws DamagedException {
        guarded(() -> {
            connection.setAutoCommit(false);
            try {
                Writing.write(connection, run);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
            return null;
        });
    }

    /** What is asked of it. */
    public Questions questions() {
        return new Questions(this);
    }

    /** A piece of work with the database. */
    interface Work<T> {
        T run() throws SQLException;
    }

    Connection connection() {
        return connection;
    }

    <T> T guarded(Work<T> work) throws DamagedException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw inWords(store, e);
        }
    }

    private static HistoryException inWords(Store store, SQLException e) throws DamagedException {
        if (e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
                        || (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code)) {
            throw new DamagedException(store.shown() + " is damaged: " + e.getMessage(), e);
        }
        return new HistoryException(
                store.shown() + ": " + e.getMessage(),
                store.file().isPresent()
                        ? "See that the file may be read and written, and that the disk has room."
                        : "See that the server runs, and that host, database, user and password in the URL are right.",
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new HistoryException(store.shown() + ": " + e.getMessage(), "Try again.", e);
        }
    }
}
