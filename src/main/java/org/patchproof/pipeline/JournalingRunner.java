package org.patchproof.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;

/** Writes down each command of a run, one JSON object a line, so that a person can do any step again. */
final class JournalingRunner implements CommandRunner {
    private final CommandRunner runner;
    private final Path journal;
    private final ObjectMapper json = Json.mapper();

    JournalingRunner(CommandRunner runner, Path journal) {
        this.runner = runner;
        this.journal = journal;
    }

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        CommandResult result = runner.run(command, lines);
        ObjectNode entry = entry(command, result.started());
        entry.put("ending", result.ending().name());
        entry.put("exit", result.exitCode());
        entry.put("seconds", result.elapsed().toMillis() / 1000.0);
        append(entry);
        return result;
    }

    @Override
    public RunningCommand start(Command command) {
        append(entry(command, Instant.now()).put("ending", "STARTED"));
        return runner.start(command);
    }

    private ObjectNode entry(Command command, Instant started) {
        ObjectNode entry = json.createObjectNode();
        entry.put("started", started.toString());
        entry.put("command", command.display());
        entry.set("argv", json.valueToTree(command.argv()));
        command.directory().ifPresent(directory -> entry.put("directory", directory.toString()));
        entry.set("environment", json.valueToTree(command.environment()));
        command.log().ifPresent(log -> entry.put("log", log.toString()));
        return entry;
    }

    private synchronized void append(ObjectNode entry) {
        try {
            Files.writeString(
                    journal,
                    json.writer()
                                    .without(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(entry)
                            + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + journal, e);
        }
    }
}
