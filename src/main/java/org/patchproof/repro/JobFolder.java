package org.patchproof.repro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchproof.files.Trees;
import org.patchproof.vm.GuestLibrary;

/** Lays out the files of a job: our scripts, the bug's, the packages, the environment. */
final class JobFolder {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Path folder;

    private JobFolder(Path folder) {
        this.folder = folder;
    }

    /** A new job at {@code folder} whose entry is our script {@code resource}. */
    static JobFolder create(Path folder, String resource) throws IOException {
        Files.createDirectories(folder);
        executable(Files.write(folder.resolve("run"), script(resource)));
        Files.write(folder.resolve("lib.sh"), GuestLibrary.script());
        Files.write(folder.resolve("guest.sh"), script("guest.sh"));
        return new JobFolder(folder);
    }

    private static byte[] script(String resource) throws IOException {
        try (InputStream in = JobFolder.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("missing from the jar: " + resource);
            }
            return in.readAllBytes();
        }
    }

    Path path() {
        return folder;
    }

    /** The packages to install, by hard link where that is possible. */
    JobFolder withPackages(List<Path> packages) throws IOException {
        Path target = Files.createDirectories(folder.resolve("rpms"));
        for (Path rpm : packages) {
            Files.copy(rpm, target.resolve(rpm.getFileName()));
        }
        return this;
    }

    /** Folders beside each other in the job; their files must not change any more. */
    JobFolder withFolders(List<Path> folders) throws IOException {
        for (Path from : folders) {
            Trees.link(from, folder.resolve(from.getFileName()));
        }
        return this;
    }

    /** Files of ours by their names, all executable. */
    JobFolder withFiles(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            executable(Files.write(folder.resolve(file.getKey()), file.getValue()));
        }
        return this;
    }

    /** The scripts beside the bug's begin script, all executable. */
    JobFolder withScriptsOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".yaml")) {
                    executable(Files.copy(file, folder.resolve(file.getFileName())));
                }
            }
        }
        return this;
    }

    /** The environment, as a file that a shell can source: each value quoted. */
    JobFolder withEnvironment(Map<String, String> environment) throws IOException {
        StringBuilder text = new StringBuilder();
        environment.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not an environment variable: " + name);
            }
            text.append(name).append("='").append(value.replace("'", "'\\''")).append("'\n");
        });
        Files.writeString(folder.resolve("environment"), text);
        return this;
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
