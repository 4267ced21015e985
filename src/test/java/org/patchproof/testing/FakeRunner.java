package org.patchproof.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;

/** Answers commands by how they begin, and remembers what it was asked. What it does not know is not found. */
public final class FakeRunner implements CommandRunner {
    private record Answer(int exitCode, String output) {}

    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final List<Command> asked = new ArrayList<>();
    private final Map<String, Runnable> changes = new LinkedHashMap<>();

    /** From now on a command that begins with these words ends with this exit code and output. */
    public FakeRunner answer(String beginning, int exitCode, String output) {
        answers.put(beginning, new Answer(exitCode, output));
        return this;
    }

    /** From now on such a command is not found. */
    public FakeRunner forget(String beginning) {
        answers.remove(beginning);
        return this;
    }

    /** What {@code apt-get install} changes in the world. */
    public FakeRunner onInstall(Runnable change) {
        return on("apt-get install", change);
    }

    /** What a command that begins with these words changes in the world, or somebody else while it runs. */
    public FakeRunner on(String beginning, Runnable change) {
        changes.put(beginning, change);
        return this;
    }

    /** What it was asked, in order. */
    public List<Command> asked() {
        return List.copyOf(asked);
    }

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        asked.add(command);
        String line = String.join(" ", command.argv());
        changes.entrySet().stream()
                .filter(change -> line.startsWith(change.getKey()))
                .forEach(change -> change.getValue().run());
        Optional<Answer> answer = answers.entrySet().stream()
                .filter(entry -> (line + " ").startsWith(entry.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst();
        answer.ifPresent(a -> a.output().lines().forEach(lines));
        return new CommandResult(
                command,
                answer.isPresent() ? CommandResult.Ending.EXITED : CommandResult.Ending.NOT_STARTED,
                answer.map(Answer::exitCode).orElse(-1),
                Instant.EPOCH,
                Duration.ZERO,
                Optional.empty(),
                answer.map(Answer::output).orElse("not found"));
    }

    @Override
    public RunningCommand start(Command command) {
        throw new UnsupportedOperationException("nothing is started here: " + command.display());
    }
}
