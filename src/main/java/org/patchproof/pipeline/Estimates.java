package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a step may take, from what the last runs say. An honest guess or none. */
final class Estimates {
    private static final int RUNS_READ = 5;

    private Estimates() {}

    /** How long the same build took in the newest run that has it. */
    static Optional<Duration> build(Path runs, String kernel, String variant) {
        for (RunRecord record : newest(runs)) {
            Optional<Duration> took = record.cells().stream()
                    .filter(cell -> cell.kernel().equals(kernel))
                    .flatMap(cell -> cell.variants().stream())
                    .filter(one -> one.name().equals(variant))
                    .flatMap(one -> one.build().stream())
                    .map(RunRecord.Build::compile)
                    .findFirst();
            if (took.isPresent()) {
                return took;
            }
        }
        return Optional.empty();
    }

    private static List<RunRecord> newest(Path runs) {
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .limit(RUNS_READ)
                    .flatMap(Estimates::read)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Stream<RunRecord> read(Path directory) {
        try {
            return Stream.of(Bundle.read(directory));
        } catch (IOException | WrongRequestException e) {
            return Stream.empty();
        }
    }
}
