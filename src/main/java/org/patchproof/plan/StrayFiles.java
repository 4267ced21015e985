package org.patchproof.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files under {@code specs/} that nobody would ever read, because of their names. */
final class StrayFiles {
    private static final int LIMIT = 10_000;

    private StrayFiles() {}

    static void report(Workspace workspace, Problems problems) {
        for (Path folder : List.of(workspace.kernels(), workspace.guests())) {
            for (Path file : list(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(".yml")) {
                    problems.add(workspace.shown(file), "is not read", "Rename it to end in .yaml.");
                } else if (name.endsWith(".yaml") && !Names.valid(name.substring(0, name.length() - 5))) {
                    problems.add(workspace.shown(file), "is not read", "Rename it: " + Names.SYNTAX + ".yaml");
                }
            }
        }
        for (Path folder : list(workspace.bugs())) {
            if (Files.isDirectory(folder)) {
                bug(workspace, folder, problems);
            }
        }
    }

    private static void bug(Workspace workspace, Path folder, Problems problems) {
        if (!Files.exists(folder.resolve("bug.yaml"))) {
            problems.add(workspace.shown(folder), "has no bug.yaml", "Write it, or remove the folder.");
        } else if (!Names.valid(folder.getFileName().toString())) {
            problems.add(workspace.shown(folder), "is not read", "Rename it: " + Names.SYNTAX);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(LIMIT).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
