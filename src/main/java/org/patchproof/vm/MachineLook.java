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
 */
public record MachineLook(Duration ran, Duration waited, boolean stopped) {
    public MachineLook {
        Objects.requireNonNull(ran);
        Objects.requireNonNull(waited);
    }

    /** Looks at process {@code pid}; empty when there is none, or a kernel without such numbers. */
    static Optional<MachineLook> at(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        long ran = 0;
        long waited = 0;
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            for (Path task : tasks.toList()) {
                String[] numbers = read(task.resolve("schedstat")).split(" ");
                ran += Long.parseLong(numbers[0]);
                waited += Long.parseLong(numbers[1]);
            }
            String stat = read(process.resolve("stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return Optional.of(new MachineLook(
                    Duration.ofNanos(ran),
                    Duration.ofNanos(waited),
                    List.of('T', 't').contains(state)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a thread or the process ended meanwhile
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip();
    }
}
