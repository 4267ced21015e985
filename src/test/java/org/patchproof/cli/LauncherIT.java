package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.Programs;

/** The launcher on hosts that lack something, made of a PATH with only a few programs in it. */
class LauncherIT {
    private static final Path LAUNCHER = Path.of("patchproof").toAbsolutePath();
    private static final List<String> BASICS = List.of(
            "bash",
            "readlink",
            "head",
            "find",
            "id",
            "mkdir",
            "touch",
            "flock",
            "env",
            "mktemp",
            "timeout",
            "cat",
            "mv",
            "rm");
    /** What a Java says of itself in a file of that name beside its {@code bin}. */
    private static final String RELEASE =
            "IMPLEMENTOR=\"Debian\"\nJAVA_RUNTIME_VERSION=\"17.0.15+6-Debian\"\nJAVA_VERSION=\"17.0.15\"\n";

    /** Notes how it was started; makes lists of classes, and an archive of them. */
    private static final String JAVA_WITH_ARCHIVES = """
            for word in "$@"; do
                case $word in
                    -version) echo 'asked for its version' ;;
                    -XX:DumpLoadedClassList=*) printf 'B id: 3\\nA id: 4\\n@cp A 1\\n' > "${word#*=}"; exit 0 ;;
                    -Xshare:dump) dump=yes ;;
                    -XX:SharedClassListFile=*) list=${word#*=} ;;
                    -XX:SharedArchiveFile=*) archive=${word#*=} ;;
                esac
            done
            if [ "${dump:-}" = yes ]; then
                echo dumped >> "$HOME/dumps"
                FAILS
                cat "$list" > "$archive"
            else
                echo "ran: $*"
            fi""";

    @TempDir
    Path folder;

    private Path bin;
    private Path home;

    @BeforeEach
    void aHostWithNextToNothing() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.copy(LAUNCHER, home.resolve("patchproof"));
        makeExecutable(home.resolve("patchproof"));
        for (String name : BASICS) {
            link(name);
        }
    }

    @Test
    void theScriptsAreSoundBash() {
        for (String script : List.of("patchproof", ".ci/run")) {
            CommandResult result = new LeashedRunner().run(Command.of("bash", "-n", script));
            assertThat(result.ok()).as(result.transcript()).isTrue();
        }
    }

    @Test
    void withoutJavaItSaysWhichLineToTypeOnDebian() throws IOException {
        program("apt-get", "exit 0");
        program("apt-cache", "exit 0");
        CommandResult result = launch("--help");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output())
                .contains("Java 17 or later is not found")
                .contains("apt-get install --no-install-recommends openjdk-17-jdk-headless maven")
                .contains("./patchproof setup");
    }

    @Test
    void withoutJavaElsewhereItNamesThePackages() {
        CommandResult result = launch("--help");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output()).contains("dnf install java-17-openjdk-devel maven");
    }

    @Test
    void anOldJavaIsNotTaken() throws IOException {
        java("1.8.0_402");
        assertThat(launch("--help").output()).contains("Java 17 or later is not found");
    }

    @Test
    void aJavaThatCannotCompileBuildsNothing() throws IOException {
        java("17.0.15");
        CommandResult result = launch("--help");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output()).contains("no javac");
    }

    @Test
    void buildsOnceThenRunsTheJar() throws IOException {
        java("21.0.1");
        program("javac", "exit 0");
        program("mvn", "echo built >&2; : > '" + home + "/target/patchproof-all.jar'");
        CommandResult first = launch("plan", "a bug");
        assertThat(first.ok()).as(first.transcript()).isTrue();
        assertThat(first.output())
                .contains(
                        "built",
                        "ran: ",
                        "-cp " + home + "/target/patchproof-all.jar org.patchproof.cli.Main plan a bug");
        CommandResult second = launch("plan");
        assertThat(second.output()).doesNotContain("built").contains("ran: ");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws IOException {
        buildsOnceThenRunsTheJar();
        Path source = Files.writeString(home.resolve("src/main/New.java"), "");
        Files.setLastModifiedTime(
                source,
                java.nio.file.attribute.FileTime.fromMillis(
                        Files.getLastModifiedTime(home.resolve("target/patchproof-all.jar"))
                                        .toMillis()
                                + 1000));
        assertThat(launch("plan").output()).contains("built");
    }

    @Test
    void aJarThatWasBroughtWithoutItsSourcesIsRunAsItIs() throws IOException {
        java("17.0.15");
        Files.createDirectories(home.resolve("target"));
        Files.writeString(home.resolve("target/patchproof-all.jar"), "");
        Files.delete(home.resolve("src/main"));
        Files.delete(home.resolve("pom.xml"));
        CommandResult result = launch("plan");
        assertThat(result.ok()).as(result.transcript()).isTrue();
        assertThat(result.output()).startsWith("ran: ");
    }

    @Test
    void aJavaIsKnownByItsFileReleaseAndNotStartedForThat() throws IOException {
        aJavaThatMakesArchives("");
        assertThat(launch("plan").output())
                .doesNotContain("asked for its version")
                .contains("ran: ");
        Files.writeString(folder.resolve("release"), RELEASE.replace("17.0", "11.0"));
        assertThat(launch("plan").output()).contains("Java 17 or later is not found");
        Files.writeString(folder.resolve("release"), "SOURCE=\"\"\n");
        assertThat(launch("plan").output()).contains("Java 17 or later is not found");
    }

    @Test
    void theArchiveOfClassesIsMadeOnceForAJarAndAJava() throws IOException {
        aJavaThatMakesArchives("");
        String first = launch("plan").output();
        Path archive = home.resolve("target/classes-17.0.15+6-Debian" + named(folder) + ".jsa");
        assertThat(first).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archive).as("each line once, classes first").hasContent("B\nA\n@cp A 1\n");
        assertThat(launch("plan").output()).isEqualTo(first);
        assertThat(dumps()).isEqualTo(1);
        Files.setLastModifiedTime(home.resolve("target/patchproof-all.jar"), inTwoSeconds());
        launch("plan");
        assertThat(dumps()).as("for a newer jar").isEqualTo(2);
        try (var left = Files.list(home.resolve("target"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "patchproof-all.jar", archive.getFileName().toString(), ".classes.lock");
        }
    }

    @Test
    void whereTheArchiveCannotBeMadeItIsNotTriedAgain() throws IOException {
        aJavaThatMakesArchives("exit 1");
        for (int i = 0; i < 2; i++) {
            CommandResult result = launch("plan");
            assertThat(result.ok()).as(result.transcript()).isTrue();
            assertThat(result.output()).startsWith("ran: ").doesNotContain("SharedArchiveFile");
        }
        assertThat(dumps()).isEqualTo(1);
    }

    @Test
    void whileAnotherMakesTheArchiveNobodyWaits() throws IOException {
        aJavaThatMakesArchives("");
        Path lock = home.resolve("target/.classes.lock");
        List<String> underTheLock = new ArrayList<>(List.of("flock", lock.toString()));
        underTheLock.addAll(argv("plan"));
        assertThat(new LeashedRunner().run(Command.of(underTheLock)).output())
                .startsWith("ran: ")
                .doesNotContain("SharedArchiveFile");
        assertThat(launch("plan").output()).contains("SharedArchiveFile");
    }

    @Test
    void whereNothingCanBeWrittenItRunsWithoutTheArchive() throws IOException {
        aJavaThatMakesArchives("");
        program("mktemp", "exit 1");
        CommandResult result = launch("plan");
        assertThat(result.ok()).as(result.transcript()).isTrue();
        assertThat(result.output()).startsWith("ran: ").doesNotContain("SharedArchiveFile");
    }

    @Test
    void setupInstallsWhatTheLauncherNeeds() throws IOException {
        program("apt-cache", "exit 0");
        program("id", "echo 0");
        program(
                "apt-get",
                "echo \"apt-get $*\"; case \"$*\" in *install*) /bin/mv '" + folder + "/later/'* '" + bin + "'; esac");
        Files.createDirectory(folder.resolve("later"));
        for (String name : List.of("java", "javac", "mvn")) {
            switch (name) {
                case "java" -> java("17.0.15");
                case "mvn" -> program(name, ": > '" + home + "/target/patchproof-all.jar'");
                default -> program(name, "exit 0");
            }
            Files.move(bin.resolve(name), folder.resolve("later").resolve(name));
        }
        CommandResult result = launch("setup");
        assertThat(result.ok()).as(result.transcript()).isTrue();
        assertThat(result.output())
                .contains("apt-get -q update", "openjdk-17-jdk-headless maven ca-certificates", "doctor --install");
    }

    @Test
    void setupIsForRoot() throws IOException {
        program("apt-get", "exit 1");
        program("apt-cache", "exit 1");
        program("id", "echo 1000");
        CommandResult result = launch("setup");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output()).contains("only root may", "sudo ./patchproof setup");
    }

    @Test
    void theRealOneRunsFromAnywhere() {
        CommandResult result = new LeashedRunner()
                .run(Command.of(LAUNCHER.toString(), "plan", "netdev-leak", "--json")
                        .in(folder)
                        .within(Duration.ofMinutes(5)));
        assertThat(result.ok()).as(result.transcript()).isTrue();
        assertThat(result.output()).contains("\"kernel\" : \"linux-6.1\"");
    }

    /** Classes really come out of the archive; an archive that was damaged changes nothing but the time. */
    @Test
    void theRealArchiveIsUsedAndADamagedOneIsNot() throws IOException {
        Path target = Files.createDirectories(home.resolve("target"));
        Files.copy(Path.of("target/patchproof-all.jar"), target.resolve("patchproof-all.jar"));
        Files.delete(home.resolve("pom.xml"));
        Files.delete(home.resolve("src/main"));
        CommandResult sound = launchReally();
        assertThat(sound.ok()).as(sound.transcript()).isTrue();
        assertThat(sound.output().lines()).last().asString().startsWith("patchproof ");
        assertThat(Files.readString(folder.resolve("loaded")))
                .containsPattern("org\\.patchproof\\.cli\\.Main source: shared objects file")
                .containsPattern("picocli\\.CommandLine source: shared objects file");
        Path archive;
        try (var files = Files.newDirectoryStream(target, "*.jsa")) {
            archive = files.iterator().next();
        }
        byte[] damaged = Files.readAllBytes(archive);
        java.util.Arrays.fill(damaged, 0, 64, (byte) 0x55);
        Files.delete(archive);
        Files.write(archive, damaged);
        CommandResult after = launchReally();
        assertThat(after.output()).isEqualTo(sound.output());
        assertThat(Files.readString(folder.resolve("loaded"))).doesNotContain("Main source: shared objects file");
    }

    private CommandResult launchReally() {
        return new LeashedRunner()
                .run(Command.of(home.resolve("patchproof").toString(), "--version")
                        .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + folder.resolve("loaded"))
                        .within(Duration.ofMinutes(5)));
    }

    private void aJavaThatMakesArchives(String failure) throws IOException {
        program("java", JAVA_WITH_ARCHIVES.replace("FAILS", failure));
        Files.writeString(folder.resolve("release"), RELEASE);
        Files.createDirectories(home.resolve("target"));
        Files.writeString(home.resolve("target/patchproof-all.jar"), "");
    }

    private static String named(Path javaHome) {
        return javaHome.toAbsolutePath().toString().replace('/', '_');
    }

    private long dumps() throws IOException {
        return Files.readAllLines(folder.resolve("dumps")).size();
    }

    private static java.nio.file.attribute.FileTime inTwoSeconds() {
        return java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 2000);
    }

    private CommandResult launch(String... args) {
        return new LeashedRunner().run(Command.of(argv(args)));
    }

    private List<String> argv(String... args) {
        List<String> argv = new ArrayList<>(List.of(
                "/usr/bin/env", "-i", "PATH=" + bin, "PATCHPROOF_JVMS=" + folder.resolve("none"), "HOME=" + folder));
        argv.add(home.resolve("patchproof").toString());
        argv.addAll(List.of(args));
        return argv;
    }

    private void java(String version) throws IOException {
        program(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                        + "\" 2025-04-15' >&2; else echo \"ran: $*\"; fi");
    }

    private void program(String name, String script) throws IOException {
        Files.deleteIfExists(bin.resolve(name));
        makeExecutable(Files.writeString(bin.resolve(name), "#!/bin/bash\n" + script + "\n"));
    }

    /** The real program, called by a script: a folder of links would be a folder of warnings when it is removed. */
    private void link(String name) throws IOException {
        Path program = Programs.find(name)
                .orElseThrow(
                        () -> new AssertionError("this test needs " + name + ": apt-get install coreutils util-linux"));
        program(name, "exec " + program + " \"$@\"");
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
