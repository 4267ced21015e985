package org.patchproof.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A command as a value: what to run, where, with what, for how long. Never a shell string: each
 * argument reaches the program as it stands here.
 *
 * @param argv program and arguments; at least the program
 * @param directory where it runs; empty for the directory of this process
 * @param environment variables set on top of the inherited environment
 * @param timeout how long it may take before its process group is killed; positive
 * @param log where both of its streams go, appended; empty for a temporary file that is removed
 *     once the result has its tail
 */
public record Command(
        List<String> argv,
        Optional<Path> directory,
        SortedMap<String, String> environment,
        Duration timeout,
        Optional<Path> log) {

    /** Long enough for any query of a tool, short enough that a hung one is noticed. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

    public Command {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        Objects.requireNonNull(directory);
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a time limit must be positive: " + timeout);
        }
        Objects.requireNonNull(log);
    }

    /** A command in the current directory with {@link #DEFAULT_TIMEOUT} and no log of its own. */
    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    /** As {@link #of(String...)}. */
    public static Command of(List<String> argv) {
        return new Command(argv, Optional.empty(), new TreeMap<>(), DEFAULT_TIMEOUT, Optional.empty());
    }

    /** The same command, run in {@code directory}. */
    public Command in(Path directory) {
        return new Command(argv, Optional.of(directory), environment, timeout, log);
    }

    /** The same command with one more variable. */
    public Command with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** The same command with more variables. */
    public Command with(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new Command(argv, directory, all, timeout, log);
    }

    /** The same command with another time limit. */
    public Command within(Duration timeout) {
        return new Command(argv, directory, environment, timeout, log);
    }

    /** The same command, its output appended to {@code log}. */
    public Command loggingTo(Path log) {
        return new Command(argv, directory, environment, timeout, Optional.of(log));
    }

    /** The program's name, for messages. */
    public String program() {
        return argv.get(0);
    }

    /** The command as a person would type it: quoted for a POSIX shell, with directory and variables. */
    public String display() {
        StringBuilder line = new StringBuilder();
        directory.ifPresent(
                d -> line.append("cd ").append(ShellQuote.quote(d.toString())).append(" && "));
        environment.forEach(
                (k, v) -> line.append(k).append('=').append(ShellQuote.quote(v)).append(' '));
        line.append(ShellQuote.join(argv));
        return line.toString();
    }
}
