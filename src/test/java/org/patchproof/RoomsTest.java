package org.patchproof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house: which room may use which, read from the imports themselves. */
class RoomsTest {
    private static final Path MAIN = Path.of("src/main/java/org/patchproof");
    private static final Pattern OURS = Pattern.compile("\\borg\\.patchproof\\.([a-z]+)\\b");

    /** Data flows one way. Only values cross. A new edge is a decision: make it here, with its reason. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("files", Set.of()),
            Map.entry("process", Set.of()),
            Map.entry("plan", Set.of()),
            Map.entry("console", Set.of()),
            // Scratch directories must be gone after a kill -9, too: one place knows how.
            Map.entry("srpm", Set.of("files", "process")),
            Map.entry("patch", Set.of("files", "plan", "process")),
            Map.entry("specfile", Set.of("patch")),
            // Where a command runs is no matter of kernels.
            Map.entry("root", Set.of("files", "plan", "process")),
            Map.entry("build", Set.of("files", "srpm", "specfile", "patch", "plan", "process", "root")),
            // It asks the spec for the rule, and follows it on the files of the source: nearly as much as a build.
            Map.entry("check", Set.of("files", "process", "plan", "srpm", "patch", "specfile", "build")),
            // debootstrap makes guests as it makes build roots, from the same packages.
            Map.entry("vm", Set.of("files", "plan", "process", "root")),
            Map.entry("repro", Set.of("files", "build", "vm", "console", "plan")),
            Map.entry("verdict", Set.of("repro", "patch")),
            Map.entry("report", Set.of("verdict")),
            Map.entry("history", Set.of()),
            Map.entry("triage", Set.of("console", "plan")),
            // What it ships it builds, compares and signs: packages (build, srpm) of patches, told by their papers.
            Map.entry("release", Set.of("files", "process", "srpm", "verdict")),
            Map.entry(
                    "pipeline",
                    Set.of(
                            "files",
                            "process",
                            "plan",
                            "srpm",
                            "patch",
                            "specfile",
                            "build",
                            // Who builds a patch is warned of what check warns of.
                            "check",
                            "root",
                            "vm",
                            "console",
                            "repro",
                            "verdict",
                            "report",
                            "history",
                            "release")),
            Map.entry(
                    "cli",
                    Set.of(
                            "pipeline",
                            "triage",
                            "check",
                            "build",
                            "plan",
                            "process",
                            "srpm",
                            "patch",
                            "specfile",
                            "verdict",
                            "report",
                            "history",
                            "release")));

    /** A library that lives in one room only, so that it can be replaced in one room only. */
    private static final Map<String, String> LIVES_IN = Map.ofEntries(
            Map.entry("org.yaml.snakeyaml", "plan"),
            Map.entry("org.apache.commons.compress", "srpm"),
            Map.entry("org.eclipse.jgit", "patch"),
            Map.entry("picocli", "cli"),
            Map.entry("com.samskivert", "report"),
            Map.entry("org.cyclonedx", "release"),
            Map.entry("com.github.packageurl", "release"),
            Map.entry("java.sql", "history"),
            Map.entry("org.flywaydb", "history"),
            Map.entry("org.apache.sshd", "vm"),
            Map.entry("java.lang.ProcessBuilder", "process"));

    /** ... but for these, each with its reason. */
    private static final Map<String, Set<String>> ALSO_IN =
            // Its bzip2 alone, for logs that were rotated so; source packages and logs have nothing else in common.
            Map.of("org.apache.commons.compress", Set.of("triage"));

    @Test
    void noEdgeThatTheDesignDoesNotAllow() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Source source : sources()) {
            Matcher use = OURS.matcher(source.code());
            while (use.find()) {
                String room = use.group(1);
                boolean allowed = room.equals(source.room())
                        || MAY_USE.getOrDefault(source.room(), Set.of()).contains(room);
                if (!allowed) {
                    broken.add(source.path() + ": " + source.room() + " must not use " + room);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void eachLibraryStaysInItsRoom() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Source source : sources()) {
            LIVES_IN.forEach((library, room) -> {
                if (source.code().contains(library + ".")
                        && !source.room().equals(room)
                        && !ALSO_IN.getOrDefault(library, Set.of()).contains(source.room())) {
                    broken.add(source.path() + ": " + library + " lives in " + room);
                }
            });
            if (!source.room().equals("process") && source.code().contains("ProcessBuilder")) {
                broken.add(source.path() + ": only process starts processes");
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void judgesReadNoClockAndStartNothing() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Source source : sources()) {
            boolean pure = Set.of("verdict", "console", "report").contains(source.room());
            if (pure
                    && Pattern.compile(
                                    "\\b(Instant|LocalDateTime|Clock)\\.(now|system\\w*)\\(|currentTimeMillis|nanoTime")
                            .matcher(source.code())
                            .find()) {
                broken.add(source.path() + ": reads a clock");
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyRoomSaysWhatItIsFor() throws IOException {
        Set<String> silent = new TreeSet<>();
        for (Source source : sources()) {
            if (!Files.exists(MAIN.resolve(source.room()).resolve("package-info.java"))) {
                silent.add(source.room());
            }
        }
        assertThat(silent).as("rooms without package-info.java").isEmpty();
    }

    private record Source(Path path, String room, String code) {}

    private static List<Source> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            List<Source> sources = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Path inside = MAIN.relativize(file);
                if (inside.getNameCount() > 1) {
                    sources.add(
                            new Source(file, inside.getName(0).toString(), withoutComments(Files.readString(file))));
                }
            }
            assertThat(sources).as("source files found").isNotEmpty();
            return sources;
        }
    }

    /** Javadoc may name any room; only code makes an edge. */
    private static String withoutComments(String code) {
        return code.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    }
}
