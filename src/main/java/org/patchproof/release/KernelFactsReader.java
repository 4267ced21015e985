package org.patchproof.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.KernelFacts.Symbol;
import org.patchproof.srpm.Nevra;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmFileEntry;
import org.patchproof.srpm.RpmPackage;

/** Reads {@link KernelFacts} from the tree that packages were built in, and from the packages. */
public final class KernelFactsReader {
    private static final long LIMIT = 64L << 20;
    private static final int LINES = 1_000_000;
    private static final Pattern OPTION = Pattern.compile("(CONFIG_\\w+)=(.*)");
    private static final Pattern NOT_SET = Pattern.compile("# (CONFIG_\\w+) is not set");
    private static final Pattern MODULE =
            Pattern.compile("(?:/usr)?/lib/modules/[^/]+/(.+\\.ko)(?:\\.(?:xz|gz|zst|bz2))?");
    private static final Pattern SCRIPTLET = Pattern.compile("(\\w+) (?:scriptlet|program|trigger).*");

    private final CommandRunner runner;

    public KernelFactsReader(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Reads.
     *
     * @param tree the built kernel tree, with Module.symvers and .config where the kernel has them
     * @param rpms all packages that came of it
     * @param uname what {@code uname -r} says of it
     */
    public KernelFacts read(Path tree, List<Path> rpms, String uname) throws IOException {
        SortedSet<String> modules = new TreeSet<>();
        SortedSet<String> packages = new TreeSet<>();
        SortedSet<String> provides = new TreeSet<>();
        SortedSet<String> requires = new TreeSet<>();
        SortedMap<String, String> scriptlets = new TreeMap<>();
        for (Path file : rpms) {
            RpmPackage rpm = RpmFile.read(file);
            Nevra nevra = rpm.nevra();
            packages.add(nevra.name() + "." + nevra.arch());
            for (RpmFileEntry entry : rpm.files()) {
                Matcher module = MODULE.matcher(entry.path());
                if (module.matches()) {
                    modules.add(module.group(1));
                }
            }
            lines(file, "--provides").forEach(line -> provides.add(nevra.name() + ": " + neutral(line, nevra, uname)));
            lines(file, "--requires").forEach(line -> requires.add(nevra.name() + ": " + neutral(line, nevra, uname)));
            scriptlets(file, nevra, uname, scriptlets);
        }
        return new KernelFacts(
                symbols(tree.resolve("Module.symvers")),
                configuration(tree.resolve(".config")),
                modules,
                packages,
                provides,
                requires,
                scriptlets);
    }

    /** All lines: a kernel's Provides are more than a result keeps. */
    private List<String> lines(Path rpm, String question) {
        List<String> lines = new ArrayList<>();
        runner.run(Command.of("rpm", "-qp", question, rpm.toString()), line -> {
                    if (!line.isBlank() && !line.startsWith("warning:") && lines.size() < LINES) {
                        lines.add(line);
                    }
                })
                .orThrow();
        return lines;
    }

    private void scriptlets(Path rpm, Nevra nevra, String uname, SortedMap<String, String> into) {
        String kind = "";
        for (String line : lines(rpm, "--scripts")) {
            Matcher head = SCRIPTLET.matcher(line);
            if (head.matches()) {
                kind = head.group(1);
            }
            into.merge(nevra.name() + ": " + kind, neutral(line, nevra, uname), (a, b) -> a + "\n" + b);
        }
    }

    private static String neutral(String text, Nevra nevra, String uname) {
        return text.replace(uname, "@UNAME@").replace(nevra.version() + "-" + nevra.release(), "@VR@");
    }

    private static SortedMap<String, Symbol> symbols(Path file) throws IOException {
        SortedMap<String, Symbol> symbols = new TreeMap<>();
        for (String line : text(file)) {
            String[] parts = line.split("\t");
            if (parts.length >= 4) {
                symbols.put(parts[1], new Symbol(parts[0], parts[2], parts[3]));
            }
        }
        return symbols;
    }

    private static SortedMap<String, String> configuration(Path file) throws IOException {
        SortedMap<String, String> options = new TreeMap<>();
        for (String line : text(file)) {
            Matcher option = OPTION.matcher(line);
            Matcher not = NOT_SET.matcher(line);
            if (option.matches()) {
                options.put(option.group(1), option.group(2));
            } else if (not.matches()) {
                options.put(not.group(1), "n");
            }
        }
        return options;
    }

    private static List<String> text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        if (Files.size(file) > LIMIT) {
            throw new IOException(file + " is larger than " + (LIMIT >> 20) + " MiB");
        }
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
