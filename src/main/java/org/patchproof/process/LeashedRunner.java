package org.patchproof.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs each command in a process group of its own, on a leash: a pipe whose other end this JVM
 * holds. When the JVM goes away, even by {@code kill -9}, the kernel closes the pipe and the leash
 * kills the group, so that no compiler and no virtual machine outlives us. A time limit and a
 * cancellation use the same leash.
 */
public final class LeashedRunner implements CommandRunner {

    /**
     * The leash: {@code "$@"} in its own process group, killed when standard input ends. Only fixed
     * text; the command comes as positional parameters. What the shell itself has to say of its jobs
     * is no output of the command: the shell's own output is shut before there is a job. The traps
     * keep the leash alive through a Ctrl-C that the terminal sends to it as well; unlike ignored
     * signals they are not inherited. Job control ends when both groups are made: with it, a shell's
     * {@code wait} comes back at once, again and again, for as long as the command is stopped.
     */
    private static final String LEASH = """
            trap : INT TERM HUP
            set -m
            exec 3>&1 4>&2 >/dev/null 2>&1
            "$@" </dev/null >&3 2>&4 3>&- 4>&- &
            group=$!
            exec 3>&- 4>&-
            { cat >/dev/null; kill -KILL -- "-$group"; } &
            watcher=$!
            set +m
            while :; do
              wait "$group"; code=$?
              kill -0 "$group" || break
            done
            kill -KILL -- "-$group" "-$watcher"
            exit "$code"
            """;

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        try (LeashedProcess process = launch(command, lines)) {
            return process.awaitEnd();
        } catch (IOException e) {
            return notStarted(command, e.getMessage());
        }
    }

    @Override
    public RunningCommand start(Command command) {
        try {
            return launch(command, line -> {});
        } catch (IOException e) {
            throw new CommandException(notStarted(command, e.getMessage()));
        }
    }

    private static LeashedProcess launch(Command command, Consumer<String> lines) throws IOException {
        Path program = Programs.find(command.program())
                .orElseThrow(() -> new IOException(command.program() + ": not found in PATH"));
        List<String> argv = new ArrayList<>(List.of("/bin/bash", "-c", LEASH, "leash", program.toString()));
        argv.addAll(command.argv().subList(1, command.argv().size()));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        command.directory().ifPresent(d -> builder.directory(d.toFile()));
        // Messages are parsed and kept as evidence: one language, whatever the user's.
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANGUAGE"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(command.environment());
        Instant started = Instant.now();
        OutputDrain drain = OutputDrain.open(command.log(), lines);
        try {
            Process process = builder.start();
            drain.follow(process.getInputStream());
            return new LeashedProcess(command, process, drain, started);
        } catch (IOException e) {
            drain.close();
            throw e;
        }
    }

    private static CommandResult notStarted(Command command, String why) {
        byte[] message = String.valueOf(why).getBytes(StandardCharsets.UTF_8);
        return new CommandResult(
                command,
                CommandResult.Ending.NOT_STARTED,
                -1,
                Instant.now(),
                Duration.ZERO,
                command.log(),
                new String(message, StandardCharsets.UTF_8));
    }
}
