package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.Programs;

/** A kernel tree of a few lines, patches for it, and a way to run real tools on it. */
public final class StubKernel {
    public static final Path STUB = Path.of("src/test/resources/stub");
    public static final String ROUTE = "net/ipv4/route.c";

    private StubKernel() {}

    /** The instrumentation, then the fix. */
    public static PatchSeries series() {
        return new PatchSeries("candidate", List.of(patch("instrument.patch"), patch("fix.patch")));
    }

    public static PatchSeries series(Patch... patches) {
        return new PatchSeries("some", List.of(patches));
    }

    public static Patch patch(String name) {
        try {
            return PatchReader.read(STUB.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static Patch patch(String name, String text) {
        return PatchReader.parse(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A copy of the tree without any patch. */
    public static Path tree(Path directory) throws IOException {
        copy(STUB.resolve("tree"), directory);
        return directory;
    }

    /** Runs GNU patch in {@code tree}; it must succeed. */
    public static void apply(Path tree, String patchName, String... options) {
        List<String> argv = new ArrayList<>(List.of("patch", "-p1", "--no-backup-if-mismatch"));
        argv.addAll(Arrays.asList(options));
        argv.addAll(List.of("-i", STUB.resolve(patchName).toAbsolutePath().toString()));
        run(Command.of(argv).in(tree)).orThrow();
    }

    public static void edit(Path file, String what, String by) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(what)) {
            throw new AssertionError(file + " does not hold: " + what);
        }
        Files.writeString(file, text.replace(what, by));
    }

    /** Runs a command; a missing tool fails the test with its remedy. */
    public static CommandResult run(Command command) {
        if (Programs.find(command.program()).isEmpty()) {
            throw new AssertionError(
                    command.program() + " is missing: run ./patchproof setup --tests, then test again");
        }
        return new LeashedRunner().run(command);
    }

    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
