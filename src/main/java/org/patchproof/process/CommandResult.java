package org.patchproof.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a command ended.
 *
 * @param command what was run
 * @param ending how it came to its end
 * @param exitCode the exit code; for {@link Ending#EXITED} only, else -1
 * @param started when it began
 * @param elapsed wall time
 * @param log the kept log, when the command named one
 * @param output the last {@value #OUTPUT_LIMIT} bytes of its output, decoded leniently
 */
public record CommandResult(
        Command command,
        Ending ending,
        int exitCode,
        Instant started,
        Duration elapsed,
        Optional<Path> log,
        String output) {

    /** How much of the output a result holds; the log holds all of it. */
    public static final int OUTPUT_LIMIT = 1 << 18;

    private static final int TRANSCRIPT_LINES = 20;

    /** How a command came to its end. */
    public enum Ending {
        /** By itself, with an exit code (128 + n when signal n ended it). */
        EXITED,
        /** Its time limit passed and its process group was killed. */
        TIMED_OUT,
        /** The caller's thread was interrupted and its process group was killed. */
        CANCELLED,
        /** The program could not be started at all. */
        NOT_STARTED
    }

    public CommandResult {
        Objects.requireNonNull(command);
        Objects.requireNonNull(ending);
        Objects.requireNonNull(started);
        Objects.requireNonNull(elapsed);
        Objects.requireNonNull(log);
        Objects.requireNonNull(output);
    }

    /** Whether it ended by itself with exit code 0. */
    public boolean ok() {
        return ending == Ending.EXITED && exitCode == 0;
    }

    /** This result, or a {@link CommandException} with the transcript when it is not {@link #ok()}. */
    public CommandResult orThrow() {
        if (!ok()) {
            throw new CommandException(this);
        }
        return this;
    }

    /** Why it ended, in words: {@code exit code 2}, {@code killed after 90 s}. */
    public String reason() {
        return switch (ending) {
            case EXITED -> "exit code " + exitCode;
            case TIMED_OUT -> "killed: it took more than its " + seconds(command.timeout());
            case CANCELLED -> "cancelled after " + seconds(elapsed);
            case NOT_STARTED -> "could not be started";
        };
    }

    /** What a person needs to see of a failure: the command, how it ended, its log, its last lines. */
    public String transcript() {
        StringBuilder text = new StringBuilder();
        text.append("$ ").append(command.display()).append('\n');
        String[] lines = output.stripTrailing().split("\n");
        int from = Math.max(0, lines.length - TRANSCRIPT_LINES);
        if (from > 0) {
            text.append("  ... ").append(from).append(" lines above\n");
        }
        for (int i = from; i < lines.length; i++) {
            text.append("  ").append(lines[i]).append('\n');
        }
        text.append("=> ").append(reason());
        log.ifPresent(path -> text.append("; whole log: ").append(path));
        return text.toString();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() < 10_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
