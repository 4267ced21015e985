package org.patchproof.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.BugPatterns;
import org.patchproof.pipeline.ConsoleReading;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.PlanException;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Problem;
import org.patchproof.plan.Workspace;
import org.patchproof.report.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchproof bug}: for who describes a bug. */
@Command(
        name = "bug",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "For who describes a bug in specs/bugs/: docs/bugs.md tells how.")
final class BugCommand implements Runnable {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    BugCommand(Screen screen) {
        this.screen = screen;
    }

    /** Without a command: the help, and exit code 2, as nothing was asked for. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command");
    }

    /** {@code patchproof bug check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Says every mistake in a bug's files, each with file, line, column and remedy.",
                "",
                "With --console it also tries the bug's patterns on a console log that you have: what they"
                        + " find, line by line, and how a trial with this console would end. Nothing is booted."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  patchproof bug check                      all of specs/",
                "  patchproof bug check netdev-leak --console console.log",
                "",
                "Exit codes: 0 no mistake; 2 mistakes."
            })
    Integer check(
            @Parameters(
                            paramLabel = "BUG",
                            arity = "0..1",
                            description = "A folder of specs/bugs/. Default: all bugs, kernels and guests.")
                    String bug,
            @Option(
                            names = "--console",
                            paramLabel = "FILE",
                            description = "A console log to try the patterns of BUG on.")
                    Path console,
            @Option(
                            names = "-C",
                            paramLabel = "DIR",
                            description = "The workspace: the folder with specs/ and patches/.")
                    Path folder)
            throws java.io.IOException {
        Workspace workspace = Workspace.at(Optional.ofNullable(folder).orElseGet(screen::workspace));
        if (bug == null) {
            if (console != null) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--console needs BUG: whose patterns are to be tried?");
            }
            List<Problem> problems = PlanLoader.check(workspace);
            if (!problems.isEmpty()) {
                throw new PlanException(problems);
            }
            screen.out().println("No mistake in " + workspace.root() + "/specs");
            return ExitCode.HOPED.code();
        }
        BugSpec read = PlanLoader.load(workspace, PlanRequest.of(bug)).bug();
        screen.out().println("No mistake in " + workspace.shown(workspace.bugFile(bug)));
        if (console != null) {
            Inputs.requireFile(console, "Name a console log, as console-1.log of a run.");
            print(BugPatterns.read(read, console));
        }
        return ExitCode.HOPED.code();
    }

    private void print(ConsoleReading reading) {
        screen.out().println("\n   LINE  WHAT        TEXT");
        reading.moments().forEach(moment -> screen.out().println(Words.harmless(moment)));
        screen.out()
                .println("\n" + reading.exposures() + (reading.exposures() == 1 ? " exposure, " : " exposures, ")
                        + reading.unreadable() + " race events that could not be paired");
        screen.out().println("As a trial: " + reading.outcome() + ": " + Words.harmless(reading.why()));
    }
}
