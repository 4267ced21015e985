package org.patchproof.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** The %prep of a spec with its macros expanded, as rpm itself reads it. */
final class PrepScript {
    private static final Pattern SECTION = Pattern.compile(
            "%(?:prep|generate_buildrequires|conf|build|install|check|clean|description|package|files|changelog"
                    + "|pre|post|preun|postun|pretrans|posttrans|trigger\\w*|verifyscript|sourcelist|patchlist)\\b.*");

    /** rpmspec of rpm 4.18 prints the head of %prep, and not that of %build: where a section ends is marked. */
    private static final String MARK = ": patchproof-end-of-section";

    private PrepScript() {}

    /**
     * Asks rpm.
     *
     * @param enter lets a command run where rpmbuild does
     * @param spec the spec, injected
     * @param call how rpmbuild is called for it
     * @param scratch a directory for files that are removed again
     */
    static String read(
            CommandRunner runner,
            Topdir topdir,
            UnaryOperator<Command> enter,
            byte[] spec,
            RpmbuildCommand call,
            Path scratch)
            throws IOException {
        Path marked = topdir.own().resolve("SPECS").resolve("marked.spec");
        Path expanded = scratch.resolve("expanded.spec");
        Files.deleteIfExists(expanded);
        try {
            Files.write(
                    marked, mark(new String(spec, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
            Path seen = topdir.seen().resolve("SPECS").resolve("marked.spec");
            runner.run(enter.apply(call.parse(seen).loggingTo(expanded))).orThrow();
            return cut(Files.readString(expanded, StandardCharsets.ISO_8859_1));
        } finally {
            Files.deleteIfExists(marked);
            Files.deleteIfExists(expanded);
        }
    }

    static String mark(String spec) {
        StringBuilder marked = new StringBuilder();
        spec.lines().forEach(line -> {
            if (SECTION.matcher(line).matches()) {
                marked.append(MARK).append('\n');
            }
            marked.append(line).append('\n');
        });
        // Before the first section there are tags, among which a command would be an error.
        int first = marked.indexOf(MARK);
        return first < 0
                ? marked.toString()
                : marked.delete(first, first + MARK.length() + 1).toString();
    }

    /** From {@code %prep} to the mark, wherever it begins again. */
    static String cut(String expanded) {
        StringBuilder prep = new StringBuilder();
        boolean inside = false;
        for (String line : expanded.lines().toList()) {
            if (line.strip().equals("%prep")) {
                inside = true;
            } else if (line.equals(MARK)) {
                inside = false;
            } else if (inside) {
                prep.append(line).append('\n');
            }
        }
        return prep.toString();
    }
}
