package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.history.Questions;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;

/** The same history by the same code in a real PostgreSQL server, started for this test alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresHistoryIT {
    @TempDir
    static Path dir;

    private static Path bin;
    private static Path data;
    private static int port;

    @BeforeAll
    static void startAServer() throws Exception {
        bin = newest();
        data = dir.resolve("data");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        asPostgres(bin + "/initdb -D " + data + " -A trust -U patchproof --no-sync");
        asPostgres(bin + "/pg_ctl -D " + data + " -w -t 60 -l " + data + "/log -o '-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data + " -c fsync=off' start");
        asPostgres(bin + "/createdb -h 127.0.0.1 -p " + port + " -U patchproof patchproof");
    }

    @AfterAll
    static void stopIt() {
        if (data != null && Files.exists(data.resolve("postmaster.pid"))) {
            asPostgres(bin + "/pg_ctl -D " + data + " -m immediate stop");
        }
    }

    private static Path newest() throws Exception {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                List<Path> bins = found.map(version -> version.resolve("bin"))
                        .filter(bins1 -> Files.isExecutable(bins1.resolve("initdb")))
                        .sorted()
                        .toList();
                if (!bins.isEmpty()) {
                    return bins.get(bins.size() - 1);
                }
            }
        }
        throw new AssertionError(
                "no PostgreSQL server is installed: run ./patchproof setup --tests, or apt-get install postgresql");
    }

    /** The server refuses to run as root. */
    private static void asPostgres(String line) {
        boolean root = System.getProperty("user.name").equals("root");
        Command command = root
                ? Command.of("su", "postgres", "-s", "/bin/sh", "-c", "cd / && " + line)
                : Command.of("sh", "-c", line);
        CommandResult result = new LeashedRunner().run(command.within(Duration.ofMinutes(2)));
        assertThat(result.ok()).as(result.transcript()).isTrue();
    }

    private static RunHistory open() {
        return RunHistory.open(
                "jdbc:postgresql://127.0.0.1:" + port + "/patchproof?user=patchproof", List.of(), note -> {});
    }

    @Test
    @Order(1)
    void twoWritersAtOnceMakeTheTablesAndLoseNothing() throws Exception {
        HistorySpecs.bundles(dir.resolve("runs"));
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                work.add(() -> {
                    try (RunHistory history = open()) {
                        return history.take(List.of(dir.resolve("runs")))
                                .unread()
                                .size();
                    }
                });
            }
            for (Future<Integer> done : writers.invokeAll(work)) {
                assertThat(done.get()).isZero();
            }
        } finally {
            writers.shutdownNow();
        }
        try (RunHistory history = open()) {
            assertThat(history.ask(Questions::size).runs()).isEqualTo(5);
        }
    }

    @Test
    @Order(2)
    void questionsAreAnsweredAsSqliteAnswersThem() throws Exception {
        try (RunHistory history = open()) {
            HistorySpecs.ask(history);
        }
    }
}
