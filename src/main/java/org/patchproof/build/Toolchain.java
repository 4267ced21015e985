package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.Programs;

/** What builds on this host, by content: two hosts with the same programs make the same packages. */
final class Toolchain {
    /** Those whose output is in a package, or decides what is. */
    private static final List<String> PROGRAMS = List.of(
            "gcc",
            "cc",
            "as",
            "ld",
            "ar",
            "nm",
            "objcopy",
            "strip",
            "make",
            "rpmbuild",
            "rpmspec",
            "patch",
            "bison",
            "flex",
            "perl",
            "python3",
            "awk",
            "bc",
            "pahole",
            "bash",
            "xz",
            "gzip",
            "zstd",
            "depmod",
            "openssl");

    /** What gcc itself runs, and what it takes for granted. */
    private static final List<String> OF_GCC = List.of("cc1", "collect2");

    /** By path, size and time of a file: one run asks for each variant. */
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Toolchain() {}

    /** One line for each program: its name, and the digest of the file that it is here, or that it is not here. */
    static String describe(CommandRunner runner) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : PROGRAMS) {
            all.append(name).append(' ').append(digest(Programs.find(name))).append('\n');
        }
        for (String name : OF_GCC) {
            String path = runner.run(Command.of("gcc", "-print-prog-name=" + name))
                    .output()
                    .strip();
            all.append(name).append(' ').append(digest(Programs.find(path))).append('\n');
        }
        return all.toString();
    }

    /** Reads them, so that {@link #describe} knows them; fails never. */
    static void readAhead(CommandRunner runner) {
        try {
            describe(runner);
        } catch (IOException | RuntimeException e) {
            // whoever describes is told
        }
    }

    private static String digest(Optional<Path> program) throws IOException {
        if (program.isEmpty()) {
            return "-";
        }
        Path file = program.get().toRealPath();
        String now = file + " " + Files.size(file) + " "
                + Files.getLastModifiedTime(file).toMillis();
        String known = KNOWN.get(now);
        if (known == null) {
            known = FileDigest.sha256(file);
            KNOWN.put(now, known);
        }
        return known;
    }
}
