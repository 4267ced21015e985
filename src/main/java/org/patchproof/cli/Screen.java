package org.patchproof.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.report.LiveProgress;
import org.patchproof.report.PlainProgress;
import org.patchproof.report.ProgressLines;
import org.patchproof.report.Style;

/**
 * Where output goes, and what may be done there.
 *
 * @param out results; the only thing on it with {@code --json}
 * @param err progress and errors
 * @param kind whether somebody sits before it
 * @param environment variables; read are NO_COLOR, TERM, COLUMNS and PATCHPROOF_DEBUG
 * @param home where patchproof itself lies, with its specs, when the launcher said so
 */
record Screen(PrintStream out, PrintStream err, Kind kind, Map<String, String> environment, Optional<Path> home) {
    private static final int USUAL_WIDTH = 80;

    /** What output goes to. */
    enum Kind {
        TERMINAL,
        PIPE
    }

    Screen {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(kind);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(home);
    }

    /** That of this process; all output in UTF-8. */
    static Screen ofProcess() {
        return new Screen(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.console() == null ? Kind.PIPE : Kind.TERMINAL,
                System.getenv(),
                Optional.ofNullable(System.getProperty("patchproof.home")).map(Path::of));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Colour for a terminal that is not dumb, unless NO_COLOR is set (no-color.org: to anything but nothing). */
    Style style() {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return kind == Kind.TERMINAL && !dumb() && !refused ? Style.COLOUR : Style.PLAIN;
    }

    /** Redrawn lines for a terminal, else plain ones; on {@link #err()}. */
    ProgressLines progress() {
        return kind == Kind.TERMINAL && !dumb()
                ? new LiveProgress(err, InstantSource.system(), width())
                : new PlainProgress(err, InstantSource.system());
    }

    /** Whether stack traces are wanted. */
    boolean debug() {
        return !environment.getOrDefault("PATCHPROOF_DEBUG", "").isEmpty();
    }

    /** The folder of the specs when none is named: the current one if it has any, else patchproof's own. */
    Path workspace() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("specs")) ? here : home.orElse(here);
    }

    private boolean dumb() {
        return environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    private int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }
}
