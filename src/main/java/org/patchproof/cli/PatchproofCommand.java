package org.patchproof.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.Rebuilding;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: its commands, and how they end. */
@Command(
        name = "patchproof",
        mixinStandardHelpOptions = true,
        versionProvider = PatchproofCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Proves whether a kernel patch fixes a bug: builds every variant with the"
                    + " distribution's own packaging, boots each in a throw-away VM, provokes the bug, and says"
                    + " per variant, with evidence, whether the patch fixes it."
        },
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  patchproof doctor                what this host has and lacks",
            "  patchproof plan netdev-leak      what a run would try",
            "  patchproof check fix.patch       does it apply to our kernels?",
            "  patchproof verify netdev-leak    the run; its evidence goes to runs/",
            "",
            "Exit codes: 0 as hoped, 1 a verdict says no, 2 wrong request,",
            "            3 inconclusive, 4 infrastructure failed, 130 interrupted.",
            "Set PATCHPROOF_DEBUG=1 to see stack traces, NO_COLOR=1 to see no colours."
        })
final class PatchproofCommand implements Runnable {
    private final Screen screen;
    private final Wiring wiring;

    @Spec
    private CommandSpec spec;

    PatchproofCommand(Screen screen, Wiring wiring) {
        this.screen = screen;
        this.wiring = wiring;
    }

    /** Runs a command line to its end; the code to exit with. */
    int run(String... args) {
        Failures failures = new Failures(screen);
        return commandLine(args)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(args);
    }

    private CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(this);
        Map<String, Supplier<Object>> commands = commands();
        // To read the annotations of all commands takes longer than most of what one does.
        if (args.length > 0 && commands.containsKey(args[0])) {
            line.addSubcommand(commands.get(args[0]).get());
        } else if (!List.of(args).equals(List.of("--version"))) {
            commands.values().forEach(command -> line.addSubcommand(command.get()));
        }
        return line.setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        screen.style() == org.patchproof.report.Style.COLOUR ? Ansi.ON : Ansi.OFF))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** By the names that they have, in the order of the help. */
    private Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("verify", () -> new VerifyCommand(screen, wiring.verifier()));
        commands.put("plan", () -> new PlanCommand(screen));
        commands.put("check", () -> new CheckCommand(screen, wiring.runner()));
        commands.put("import", () -> new ImportCommand(screen, wiring.runner()));
        commands.put("build", () -> new BuildCommand(screen, wiring.builder()));
        commands.put("release", () -> new ReleaseCommand(screen, wiring.releaser()));
        commands.put("rebuild", () -> new RebuildCommand(screen, new Rebuilding(wiring.runner())));
        commands.put("report", () -> new ReportCommand(screen));
        commands.put("history", () -> new HistoryCommand(screen));
        commands.put("triage", () -> new TriageCommand(screen));
        commands.put("bug", () -> new BugCommand(screen));
        commands.put("cache", () -> new CacheCommand(screen));
        commands.put("doctor", () -> new DoctorCommand(screen, wiring.doctor()));
        commands.put("unpack", () -> new UnpackCommand(screen, wiring.signatures()));
        commands.put("inject", () -> new InjectCommand(screen));
        return commands;
    }

    /** Without a command: the help, and exit code 2, as nothing was asked for. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command");
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(
                            PatchproofCommand.class.getPackage().getImplementationVersion())
                    .orElse("(unreleased)");
            return new String[] {"patchproof " + version};
        }
    }

    /** What every help ends with. */
    static String exitCodes() {
        StringBuilder text = new StringBuilder();
        for (ExitCode code : ExitCode.values()) {
            text.append(code.code()).append("  ").append(code.meaning()).append('\n');
        }
        return text.toString();
    }
}
