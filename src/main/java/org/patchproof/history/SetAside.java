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
import java.util.ArrayList;
import java.util.List;

/** Moves a damaged database's files away, whole, so that a new one can be made in its place. */
public final class SetAside {
    private SetAside() {}

    /**
     * What was moved.
     *
     * @param file where the damaged file is now
     * @param directories of bundles that could still be read in it
     */
    public record Moved(Path file, List<String> directories) {
        public Moved {
            directories = List.copyOf(directories);
        }
    }

    /**
     * Moves the file of {@code store} to {@code FILE.damaged-N}, if it is still damaged: another process
     * may have been faster.
     *
     * @return empty directories and the store's own file when there is nothing to move any more
     */
    public static Moved move(Store store) throws IOException {
        Path file = store.file().orElseThrow();
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until it is closed
            if (!isDamaged(file)) {
                return new Moved(file, List.of());
            }
            Path aside = free(file);
            for (String part : List.of("", "-wal", "-shm")) {
                Path from = file.resolveSibling(file.getFileName() + part);
                if (Files.exists(from)) {
                    Files.move(from, aside.resolveSibling(aside.getFileName() + part));
                }
            }
            return new Moved(aside, directories(aside));
        }
    }

    private static boolean isDamaged(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet said = statement.executeQuery("PRAGMA integrity_check(1)")) {
            return !said.next() || !said.getString(1).equals("ok");
        } catch (SQLException e) {
            return true;
        }
    }

    private static Path free(Path file) {
        for (int number = 1; ; number++) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + number);
            if (!Files.exists(aside)) {
                return aside;
            }
        }
    }

    /** As far as they can be read: the damage may be anywhere. */
    private static List<String> directories(Path damaged) {
        List<String> directories = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + damaged);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT directory FROM run NOT INDEXED")) {
            while (rows.next()) {
                directories.add(rows.getString(1));
            }
        } catch (SQLException e) {
            return directories;
        }
        return directories;
    }
}
