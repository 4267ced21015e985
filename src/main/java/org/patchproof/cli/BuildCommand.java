package org.patchproof.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.BuildResult;
import org.patchproof.pipeline.BuildResult.Built;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.PackageBuilder;
import org.patchproof.pipeline.Shipping;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.report.Words;
import org.patchproof.verdict.Lane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof build}. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Builds the RPMs of a bug's variants and tries nothing.",
            "",
            "The packages go to DIR/build-BUG-KERNEL/, with their chain of custody: digest of the source package,"
                    + " diff of the spec, digests of the patches, proof that the tree carries them."
                    + " Copy that folder into the --out folder of another host, and verify there takes the packages"
                    + " over instead of building them. Run again, it builds only what it does not have."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof build netdev-leak --kernel linux-6.1",
            "  patchproof build netdev-leak --kernel linux-6.1 --with-guest --out /srv/pp",
            "",
            "Exit codes: 0 all is built; 1 a patch is rejected, or does not build;",
            "2 the request is wrong; 4 infrastructure failed; 130 interrupted",
            "(run the same command again: it goes on)."
        })
final class BuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUG", description = "A bug of the workspace: the name of a folder in specs/bugs/.")
    private String bug;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description = "Only this kernel; may be given more than once. Default: all of the bug.")
    private List<String> kernels = List.of();

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            description = "Only this variant, and the control; may be given more than once.")
    private List<String> variants = List.of();

    @Option(
            names = "--lane",
            paramLabel = "rpm|quick",
            converter = LaneConverter.class,
            description = "quick: build the kernel's image only, to DIR/build-BUG-KERNEL-quick/. Default: rpm.")
    private Lane lane = Lane.RPM;

    @Option(names = "--jobs", paramLabel = "N", description = "Run so many compilers. Default: one a processor.")
    private Integer jobs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where the folder with the packages goes. Default: ${DEFAULT-VALUE}.",
            defaultValue = "runs")
    private Path out;

    @Option(
            names = "--with-guest",
            description = "Put the guest there as well: trials on several hosts are judged together only when"
                    + " they ran in one and the same.")
    private boolean withGuest;

    @Mixin
    private BuildingOptions building;

    @Option(
            names = "--srpm",
            paramLabel = "[KERNEL=]PATH",
            description = "The kernel's source RPM. Default: srpms/ of the workspace.")
    private List<String> srpms = List.of();

    @Option(
            names = "--srpm-sha256",
            paramLabel = "[KERNEL=]HEX",
            description = "The sha256 that this source RPM must have.")
    private List<String> digests = List.of();

    @Mixin
    private RunOptions options;

    private final Screen screen;
    private final PackageBuilder builder;

    BuildCommand(Screen screen, PackageBuilder builder) {
        this.screen = screen;
        this.builder = builder;
    }

    @Override
    public Integer call() {
        VerifyRequest request = request();
        BuildResult result;
        try (ListenerLines lines = new ListenerLines(screen.progress(), bundle -> {})) {
            result = builder.build(request, withGuest ? Shipping.WITH_GUEST : Shipping.PACKAGES, lines);
        }
        ExitCode code = result.exitCode();
        if (options.json()) {
            screen.out().println(Json.of(document(result, code)));
        } else {
            result.variants().forEach(this::print);
        }
        return code.code();
    }

    private VerifyRequest request() {
        Workspace place = options.workspace(screen);
        VerifyRequest request = building.in(VerifyRequest.of(place, bug))
                .withPlan(PlanRequest.of(bug)
                        .withKernels(kernels)
                        .withVariants(variants)
                        .withOverrides(Overrides.of(srpms, digests, kernels)))
                .withLane(lane)
                .withRunsDirectory(out);
        return jobs == null ? request : request.withJobs(jobs);
    }

    private void print(Built built) {
        String name = built.kernel() + " " + built.variant();
        if (built.nevra().isPresent()) {
            screen.out()
                    .println(name + ": built"
                            + built.made().map(how -> ", " + how).orElse(""));
            built.packages().forEach(rpm -> screen.out().println("  " + rpm));
        } else {
            screen.out().println(name + ": " + ended(built));
            List<String> lines = built.stage().isPresent()
                    ? built.lines()
                    : built.trouble().stream().flatMap(String::lines).toList();
            lines.forEach(line -> screen.out().println("  " + Words.harmless(line)));
        }
    }

    private static String ended(Built built) {
        return built.stage()
                .map(stage -> stage.equals("patch") ? "a patch is rejected" : "does not build")
                .orElse("not built, by trouble of this host");
    }

    private Map<String, Object> document(BuildResult result, ExitCode code) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bug", bug);
        document.put("exitCode", code.code());
        document.put("outcome", code.name());
        document.put("variants", new ArrayList<>(result.variants()));
        return document;
    }
}
