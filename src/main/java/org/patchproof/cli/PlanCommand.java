package org.patchproof.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.VariantSpec;
import org.patchproof.plan.Workspace;
import org.patchproof.verdict.Lane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks a bug's files and shows what verify would try: kernels, variants, patches. Starts nothing.",
            "",
            "With --json, for a scheduler. Each cell is a kernel with its variants: \"command\" tries all of it on"
                    + " one machine. Or spread it: \"build\" makes its packages, on each machine that has them the"
                    + " \"command\" of a variant tries that variant, and patchproof report judges the bundles."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  patchproof plan netdev-leak --json",
            "",
            "Exit codes: 0 all is well; 2 something in the files is wrong (all of it is listed)."
        })
final class PlanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUG", description = "A bug of the workspace: the name of a folder in specs/bugs/.")
    private String bug;

    @Option(names = "--kernel", paramLabel = "KERNEL", description = "Only this kernel; may be given more than once.")
    private List<String> kernels = List.of();

    @Option(names = "--variant", paramLabel = "VARIANT", description = "Only this variant, and the control.")
    private List<String> variants = List.of();

    @Option(
            names = "--lane",
            paramLabel = "rpm|quick",
            converter = LaneConverter.class,
            description = "By which lane the commands in the plan try the cells. Default: rpm.")
    private Lane lane = Lane.RPM;

    @Option(names = "--json", description = "The plan as JSON on standard output.")
    private boolean json;

    @Option(names = "-C", paramLabel = "DIR", description = "The workspace: the folder with specs/ and patches/.")
    private Path folder;

    private final Screen screen;

    PlanCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.at(Optional.ofNullable(folder).orElseGet(screen::workspace));
        Plan plan = PlanLoader.load(
                workspace, PlanRequest.of(bug).withKernels(kernels).withVariants(variants));
        if (json) {
            screen.out().println(Json.of(document(plan, workspace)));
        } else {
            print(plan, workspace);
        }
        return 0;
    }

    private void print(Plan plan, Workspace workspace) {
        screen.out().println(plan.bug().name() + ": " + plan.bug().title());
        for (Cell cell : plan.cells()) {
            screen.out()
                    .println("\n" + cell.kernel().name() + ": " + cell.kernel().title() + ", tried in "
                            + cell.guest().name());
            missing(cell, workspace).ifPresent(words -> screen.out().println("  " + words));
            for (VariantSpec variant : cell.variants()) {
                screen.out().println("  " + variant.name() + " (" + role(variant) + "): " + variant.title());
                variant.patches().forEach(patch -> screen.out().println("    " + workspace.shown(patch)));
            }
        }
    }

    /** What has to be brought before this cell can be tried: only a look, nothing is opened. */
    private static Optional<String> missing(Cell cell, Workspace workspace) {
        return cell.kernel()
                .source()
                .match(
                        packaged -> packaged.of(
                                debian -> Files.isRegularFile(debian.tarball())
                                        ? Optional.<String>empty()
                                        : Optional.of(
                                                "needs " + debian.tarball() + ": install " + debian.packageName()),
                                git -> Files.isDirectory(git.repository())
                                        ? Optional.<String>empty()
                                        : Optional.of("needs the git repository " + git.repository())),
                        srpm -> srpm.locationIn(workspace)
                                .match(
                                        file -> Files.isRegularFile(file)
                                                ? Optional.<String>empty()
                                                : Optional.of("needs " + srpm.fileName() + ": put it into "
                                                        + workspace.shown(workspace.srpms()) + "/, or pass --srpm "
                                                        + cell.kernel().name() + "=PATH"),
                                        url -> Optional.empty()));
    }

    private Map<String, Object> document(Plan plan, Workspace workspace) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bug", plan.bug().name());
        document.put("title", plan.bug().title());
        document.put("lane", lane.word());
        document.put("cells", plan.cells().stream().map(c -> cell(c, workspace)).toList());
        return document;
    }

    private Map<String, Object> cell(Cell cell, Workspace workspace) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kernel", cell.kernel().name());
        document.put("title", cell.kernel().title());
        document.put("arch", cell.kernel().arch());
        document.put(
                "source",
                cell.kernel()
                        .source()
                        .match(packaged -> packaged.of(debian -> "debian", git -> "git"), srpm -> "srpm"));
        document.put("guest", cell.guest().name());
        document.put("digest", cell.digest());
        document.put(
                "variants",
                cell.variants().stream().map(v -> variant(v, cell, workspace)).toList());
        document.put("command", command("verify", cell, inLane()));
        if (lane == Lane.RPM) {
            document.put("build", command("build", cell));
        }
        return document;
    }

    private List<String> command(String name, Cell cell, String... more) {
        List<String> command = new ArrayList<>(
                List.of("patchproof", name, bug, "--kernel", cell.kernel().name()));
        command.addAll(List.of(more));
        return command;
    }

    private Map<String, Object> variant(VariantSpec variant, Cell cell, Workspace workspace) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", variant.name());
        document.put("role", role(variant));
        document.put("title", variant.title());
        document.put(
                "patches",
                variant.patches().stream()
                        .map(p -> workspace.shown(p).toString())
                        .toList());
        if (lane == Lane.RPM) {
            document.put("command", command("verify", cell, "--variant", variant.name(), "--trials-only"));
        }
        return document;
    }

    private String[] inLane() {
        return lane == Lane.RPM ? new String[0] : new String[] {"--lane", lane.word()};
    }

    private static String role(VariantSpec variant) {
        return switch (variant.role()) {
            case CONTROL -> "control";
            case CANDIDATE -> "candidate";
        };
    }
}
