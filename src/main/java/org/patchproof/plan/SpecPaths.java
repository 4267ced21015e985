package org.patchproof.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paths that a spec names: there, of the right kind, and inside the workspace, links followed. */
final class SpecPaths {
    /**
     * What a kernel.spec's listing check and a shell leave alone; {@code +} and other characters of
     * regular expressions break the check of the EL specs.
     */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private static final int FOLDER_LIMIT = 10_000;

    private final Workspace workspace;

    SpecPaths(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Reads a path of a file that is relative to a folder. */
    ValueReader<Path> fileIn(Path folder) {
        return value -> locate(value, folder, Files::isRegularFile)
                .flatMap(path -> Files.isRegularFile(path)
                        ? named(value, path)
                        : value.wrong(shown(path) + " is no file", "Name a file."));
    }

    /** As {@link #fileIn}, of a patch: with an ending and something in it. */
    ValueReader<Path> patchIn(Path folder) {
        return value -> fileIn(folder).read(value).flatMap(path -> {
            String name = path.getFileName().toString();
            if (!name.endsWith(".patch") && !name.endsWith(".diff")) {
                return value.wrong(Shown.quote(name) + " is no name of a patch", "Let it end in .patch.");
            }
            return isEmpty(path) ? value.wrong(shown(path) + " is empty", "Write the patch.") : Optional.of(path);
        });
    }

    /** Reads a path of a folder that is relative to a folder and has a certain file in it. */
    ValueReader<Path> folderIn(Path folder, String file) {
        return value -> locate(value, folder, Files::isDirectory).flatMap(path -> {
            if (!Files.isDirectory(path)) {
                return value.wrong(shown(path) + " is no folder", "Name a folder.");
            }
            if (!Files.isRegularFile(path.resolve(file))) {
                return value.wrong(shown(path) + " has no " + file, "Put it there.");
            }
            return withoutLinksOut(value, path);
        });
    }

    private Optional<Path> locate(YamlValue value, Path folder, Predicate<Path> kind) {
        return Values.line(value).flatMap(text -> {
            try {
                return inside(value, folder, Path.of(text), kind);
            } catch (InvalidPathException e) {
                return value.wrong(value.name() + ": " + Shown.quote(text) + " is no path", "Use plain characters.");
            }
        });
    }

    private Optional<Path> inside(YamlValue value, Path folder, Path given, Predicate<Path> kind) {
        Path path = folder.resolve(given).normalize();
        if (given.isAbsolute() || !path.startsWith(workspace.root())) {
            return value.wrong(
                    value.name() + ": " + Shown.quote(given.toString()) + " leads out of the workspace",
                    "Put the file into the workspace, and name it relative to " + shown(folder) + ".");
        }
        if (!Files.exists(path)) {
            return value.wrong(shown(path) + " is not there", hint(path, kind));
        }
        return real(value, path);
    }

    private Optional<Path> real(YamlValue value, Path path) {
        try {
            return path.toRealPath().startsWith(workspace.root())
                    ? Optional.of(path)
                    : value.wrong(shown(path) + " is a link that leads out of the workspace", "Put a copy there.");
        } catch (IOException e) {
            return value.wrong(shown(path) + " cannot be read: " + e.getMessage(), "Check its permissions.");
        }
    }

    private Optional<Path> named(YamlValue value, Path path) {
        return FILE_NAME.matcher(path.getFileName().toString()).matches()
                ? Optional.of(path)
                : value.wrong(
                        shown(path) + " has a name that tools trip over",
                        "Rename it: letters, digits, dot, dash and underscore; begin with a letter or digit.");
    }

    private Optional<Path> withoutLinksOut(YamlValue value, Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> entries = walk.limit(FOLDER_LIMIT + 1L).toList();
            if (entries.size() > FOLDER_LIMIT) {
                return value.wrong(
                        shown(folder) + " has more than " + FOLDER_LIMIT + " entries", "Name another folder.");
            }
            for (Path entry : entries) {
                if (Files.isSymbolicLink(entry) && real(value, entry).isEmpty()) {
                    return Optional.empty();
                }
            }
            return Optional.of(folder);
        } catch (IOException | UncheckedIOException e) {
            return value.wrong(shown(folder) + " cannot be read: " + e.getMessage(), "Check its permissions.");
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** A remedy for a path that is not there, with what is beside it of the right kind. */
    static String hint(Path path, Predicate<Path> kind) {
        String remedy = "Add it, or correct the name.";
        if (path.getParent() == null || !Files.isDirectory(path.getParent())) {
            return remedy;
        }
        try (Stream<Path> list = Files.list(path.getParent())) {
            List<String> there = list.limit(FOLDER_LIMIT)
                    .filter(kind)
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
            return there.isEmpty()
                    ? remedy
                    : remedy + " " + Nearest.hint(path.getFileName().toString(), there);
        } catch (IOException | UncheckedIOException e) {
            return remedy;
        }
    }

    private String shown(Path path) {
        return Shown.plain(workspace.shown(path).toString());
    }
}
