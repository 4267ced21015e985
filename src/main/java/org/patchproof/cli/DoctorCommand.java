package org.patchproof.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.Check;
import org.patchproof.pipeline.Doctor;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.plan.PlanException;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.SpecCatalog;
import org.patchproof.plan.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patchproof doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Says what this host has and lacks for verify, and the remedy for each.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof doctor",
            "  sudo patchproof doctor --install     on Debian and Ubuntu, with apt-get",
            "",
            "Exit codes: 0 nothing lacks (warnings do no harm); 2 --install is not possible",
            "here (the command to type is shown); 4 something lacks."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int NAME_WIDTH = 20;

    @Option(names = "--install", description = "Install the packages that lack, and look again.")
    private boolean install;

    @Option(names = "--json", description = "The checks as JSON on standard output.")
    private boolean json;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where runs will be; its free space is looked at. Default: ${DEFAULT-VALUE}.",
            defaultValue = "runs")
    private Path runs;

    private final Screen screen;
    private final Doctor doctor;

    DoctorCommand(Screen screen, Doctor doctor) {
        this.screen = screen;
        this.doctor = doctor;
    }

    @Override
    public Integer call() {
        List<Check> checks = look();
        List<String> packages = doctor.packages(checks);
        if (install && !packages.isEmpty()) {
            screen.err().println("Installing: " + String.join(" ", packages));
            doctor.install(packages, screen.err()::println);
            checks = look();
            packages = doctor.packages(checks);
        }
        if (json) {
            screen.out().println(Json.of(document(checks, packages)));
        } else {
            print(checks, packages);
        }
        return lacks(checks) ? ExitCode.INFRASTRUCTURE.code() : ExitCode.HOPED.code();
    }

    private List<Check> look() {
        Path home = Path.of(System.getProperty("user.home", "."));
        List<Check> checks = new ArrayList<>(
                doctor.look(runs.toAbsolutePath(), VerifyRequest.defaultCache(screen.environment(), home)));
        checks.addAll(doctor.lookForRoots(kernelsByRoot(Workspace.at(screen.workspace()))));
        return checks;
    }

    /** What the workspace's kernels are built in; of a file with mistakes it is not known, check says why. */
    private static Map<String, List<String>> kernelsByRoot(Workspace workspace) {
        Map<String, List<String>> kernels = new TreeMap<>();
        for (SpecCatalog.Entry entry : SpecCatalog.of(workspace).kernels()) {
            try {
                PlanLoader.kernels(workspace, List.of(entry.name()), Map.of())
                        .forEach(kernel -> kernels.computeIfAbsent(
                                        kernel.build().root().word(), word -> new ArrayList<>())
                                .add(kernel.name()));
            } catch (PlanException e) {
                // A doctor looks at hosts, not at specs.
            }
        }
        return kernels;
    }

    private static boolean lacks(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.state() == Check.State.MISSING);
    }

    private void print(List<Check> checks, List<String> packages) {
        for (Check check : checks) {
            String name = check.name()
                    + " ".repeat(Math.max(1, NAME_WIDTH - check.name().length()));
            screen.out().println(label(check.state()) + "  " + name + check.seen());
            if (!check.remedy().isEmpty()) {
                screen.out().println("         " + check.remedy());
            }
        }
        if (!packages.isEmpty()) {
            screen.out().println("\nPackages: " + String.join(" ", packages));
            screen.out().println("On Debian and Ubuntu, as root, patchproof doctor --install installs them.");
        } else if (!lacks(checks)) {
            screen.out().println("\nThis host can verify.");
        }
    }

    private static String label(Check.State state) {
        return switch (state) {
            case OK -> "ok     ";
            case WARNING -> "warning";
            case MISSING -> "MISSING";
        };
    }

    private static Map<String, Object> document(List<Check> checks, List<String> packages) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ready", !lacks(checks));
        document.put("packages", packages);
        document.put("checks", checks);
        return document;
    }
}
