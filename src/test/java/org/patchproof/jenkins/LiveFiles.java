package org.patchproof.jenkins;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.files.Trees;

/** Real files: each agent has a folder, the controller one for stashes and one for artifacts. */
final class LiveFiles implements FakeJenkins.Files {
    private final Path repository;
    private final Path controller;

    /** @param repository what {@code checkout scm} brings */
    LiveFiles(Path repository, Path controller) {
        this.repository = repository;
        this.controller = controller;
    }

    Path artifacts() {
        return controller.resolve("artifacts");
    }

    @Override
    public void checkout(Path to) {
        copy(repository, to, "**", "");
    }

    @Override
    public void stash(Path from, String name, String includes, String excludes) {
        copy(from, controller.resolve("stashes").resolve(name), includes, excludes);
    }

    @Override
    public void unstash(Path to, String name) {
        copy(controller.resolve("stashes").resolve(name), to, "**", "");
    }

    @Override
    public void archive(Path from, String includes, String excludes) {
        copy(from, artifacts(), includes, excludes);
    }

    @Override
    public void delete(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Object readJson(Path file) {
        try {
            return new ObjectMapper().readValue(file.toFile(), HashMap.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to, String includes, String excludes) {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> matches(from.relativize(file), includes))
                    .filter(file -> !matches(from.relativize(file), excludes))
                    .toList();
            for (Path file : files) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Patterns as Ant has them, with commas between. */
    private static boolean matches(Path name, String patterns) {
        return Stream.of(patterns.split(","))
                .anyMatch(pattern -> name.toString().matches(regex(pattern)));
    }

    private static String regex(String pattern) {
        return pattern.replace(".", "\\.")
                .replace("**/", "\u0001")
                .replace("/**", "\u0002")
                .replace("**", "\u0003")
                .replace("*", "[^/]*")
                .replace("\u0001", "(.*/)?")
                .replace("\u0002", "/.*")
                .replace("\u0003", ".*");
    }
}
