package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the host's kernel says of a machine's process.
 *
 * @param ran how long its threads ran, since its start
 * @param waited how long they would have run, but waited for a processor of the host
 * @param stopped whether it was stopped by a signal
 * @param blocked whether one of its threads waits for the host's disk
 */
public record MachineLook(Duration ran, Duration waited, boolean stopped, boolean blocked) {
    public MachineLook {
        Objects.requireNonNull(ran);
        Objects.requireNonNull(waited);
    }

    /** Looks at process {@code pid}; empty when there is none, or a kernel without such numbers. */
    static Optional<MachineLook> at(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        long ran = 0;
        long waited = 0;
        boolean blocked = false;
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            for (Path task : tasks.toList()) {
                String[] numbers = read(task.resolve("schedstat")).split(" ");
                ran += Long.parseLong(numbers[0]);
                waited += Long.parseLong(numbers[1]);
                blocked |= state(task) == 'D';
            }
            return Optional.of(new MachineLook(
                    Duration.ofNanos(ran),
                    Duration.ofNanos(waited),
                    List.of('T', 't').contains(state(process)),
                    blocked));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a thread or the process ended meanwhile
        }
    }

    /** The letter behind the name, which is in brackets and may hold any. */
    private static char state(Path task) throws IOException {
        String stat = read(task.resolve("stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip();
    }
}
