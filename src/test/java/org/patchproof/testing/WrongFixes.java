package org.patchproof.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.plan.Workspace;
import org.patchproof.verdict.Verdict.Word;

/**
 * Patches that look like fixes of the netdev leak and are none.
 *
 * @param name of the variant, and of its patch file
 * @param word the right verdict
 * @param words of its reason
 */
public record WrongFixes(String name, Word word, String words) {
    private static final Path FOLDER = Path.of("src/test/resources/wrong-fixes");
    private static final String KERNEL = "linux-6.1";
    private static final String BEFORE = "    fixed:\n      role: candidate\n";

    /** All of them, in the order of their table. */
    public static List<WrongFixes> all() {
        try (Stream<String> lines = Files.lines(FOLDER.resolve("expected.table"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| "))
                    .map(cells -> new WrongFixes(cells[0], Word.valueOf(cells[1]), cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This repository's own specs and patches, copied to {@code folder}, with these as further variants. */
    public static Workspace workspace(Path folder, List<WrongFixes> more) throws IOException {
        copy(Path.of("specs"), folder.resolve("specs"));
        copy(Path.of("patches"), folder.resolve("patches"));
        Path bug = folder.resolve("specs/bugs/netdev-leak/bug.yaml");
        StringBuilder variants = new StringBuilder();
        for (WrongFixes wrong : more) {
            String file = wrong.name() + ".patch";
            Files.copy(
                    FOLDER.resolve(file),
                    folder.resolve("patches/netdev-leak").resolve(KERNEL).resolve(file));
            variants.append("    ")
                    .append(wrong.name())
                    .append(":\n      role: candidate\n      patches: [0001-take-the-fix-out.patch,"
                            + " 0002-instrumentation.patch, ")
                    .append(file)
                    .append("]\n");
        }
        String text = Files.readString(bug);
        int at = text.indexOf(BEFORE, text.indexOf("  " + KERNEL + ":\n"));
        if (at < 0) {
            throw new AssertionError(bug + " has no candidate 'fixed' on " + KERNEL);
        }
        Files.writeString(bug, text.substring(0, at) + variants + text.substring(at));
        return Workspace.at(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
