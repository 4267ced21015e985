package org.patchproof.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.Judging;
import org.patchproof.pipeline.VariantResult;
import org.patchproof.pipeline.Verifier;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.VerifyResult;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.Workspace;
import org.patchproof.report.VerdictTable;
import org.patchproof.verdict.Lane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patchproof verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Builds each variant of a bug's kernels, boots it, provokes the bug, and judges.",
            "",
            "The control (without the fix) must show the bug, else nothing is concluded."
                    + " A candidate is FIXED only when the race was seen to be run through, the bug never"
                    + " showed, and the chance of having missed it is small enough."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof verify netdev-leak",
            "  patchproof verify netdev-leak --kernel linux-6.1 --trials 5 --max-time 2h",
            "  patchproof verify netdev-leak --kernel el7-3.10.0-693 \\",
            "      --srpm ~/kernel-3.10.0-693.el7.src.rpm",
            "  patchproof verify netdev-leak --kernel linux-6.1 --variant fixed --lane quick",
            "  patchproof verify netdev-leak --resume runs/20261123-101500-netdev-leak-4f1c",
            "",
            "The evidence: a folder of its own under runs/ (see --out), named at the start",
            "and at the end: run.json, logs of every build, consoles of every trial.",
            "",
            "Packages that patchproof build put there (--out DIR) are not built again,",
            "whichever host they were built on.",
            "",
            "Exit codes: 0 every verdict as hoped (controls REPRODUCED, candidates FIXED);",
            "1 a verdict says no; 2 the request is wrong; 3 inconclusive;",
            "4 infrastructure failed; 130 interrupted (go on with --resume)."
        })
final class VerifyCommand implements Callable<Integer> {
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
            description = "Only this variant; may be given more than once. The control comes along,"
                    + " but with --trials-only.")
    private List<String> variants = List.of();

    @Option(
            names = "--lane",
            paramLabel = "rpm|quick",
            converter = LaneConverter.class,
            description = "rpm (default): packed as it ships, installed in the guest, booted as installed. quick: the"
                    + " same tree and the same proofs, booted as it was built, for a developer's loop; its verdicts say"
                    + " so, and count for nothing where rpm is asked for.")
    private Lane lane = Lane.RPM;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "Another way of the bug's to provoke it: a name under profiles: in its bug.yaml.")
    private String profile;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "At least so many trials of each variant. Default: ${DEFAULT-VALUE}.",
            defaultValue = "" + VerifyRequest.DEFAULT_TRIALS)
    private int trials;

    @Option(
            names = "--max-trials",
            paramLabel = "N",
            description = "At most so many trials of each variant while its verdict is open." + " Default: "
                    + VerifyRequest.MOST_TRIALS_FACTOR + " times the fewest.")
    private Integer mostTrials;

    @Option(
            names = "--confidence",
            paramLabel = "C",
            description = "How sure FIXED must be, 0.5 to below 1; more takes more trials. Default: 0.95.")
    private Double confidence;

    @Option(
            names = "--residual",
            paramLabel = "R",
            description = "The weakest leak that must be caught, as a share of the control's: at 0.1 a patch that"
                    + " only makes the bug ten times rarer is not called FIXED. Default: 0.1.")
    private Double residual;

    @Option(
            names = "--max-time",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Begin no further trial of a kernel so long after its first: 90s, 45m, 2h, 1h30m. Builds take"
                    + " nothing from it.")
    private Duration maxTime;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Keep so many processors busy, with compilers, and with as many guests at once as get their"
                    + " own and memory. Default: all of this host.")
    private Integer jobs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where the run gets its folder. Default: ${DEFAULT-VALUE}.",
            defaultValue = "runs")
    private Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on with this run instead of starting a new one. Bug, patches, guest, lane and acceleration"
                            + " must be as they were, else it is refused; kernels and variants that are not named now stay in"
                            + " it as they are.")
    private Path resume;

    @Option(
            names = "--trials-only",
            description = "Try only the variants that are named, on one host of several. A candidate without its"
                    + " control stays INCONCLUSIVE (exit code 3) until patchproof report judges the bundles together.")
    private boolean trialsOnly;

    @Mixin
    private BuildingOptions building;

    @Option(
            names = "--accel",
            paramLabel = "kvm|tcg",
            description = "How guests run. Default: kvm where a guest is seen to run under it, else tcg.")
    private String acceleration;

    @Option(
            names = "--srpm",
            paramLabel = "[KERNEL=]PATH",
            description =
                    "The kernel's source RPM, a path, or a URL together with --srpm-sha256. Default: srpms/ of the workspace.")
    private List<String> srpms = List.of();

    @Option(
            names = "--srpm-sha256",
            paramLabel = "[KERNEL=]HEX",
            description = "The sha256 that this source RPM must have.")
    private List<String> digests = List.of();

    @Mixin
    private RunOptions options;

    @Spec
    private CommandSpec spec;

    private final Screen screen;
    private final Verifier verifier;

    VerifyCommand(Screen screen, Verifier verifier) {
        this.screen = screen;
        this.verifier = verifier;
    }

    @Override
    public Integer call() {
        VerifyRequest request = request();
        VerifyResult result;
        try (Interruption interruption = Interruption.watch(screen, Typed.again(spec, "--resume"));
                ListenerLines lines = new ListenerLines(screen.progress(), interruption::bundle)) {
            result = verifier.verify(request, lines);
        }
        ExitCode code = result.exitCode();
        if (options.json()) {
            screen.out().println(Json.of(document(result, code)));
        } else {
            screen.out().print(VerdictTable.render(rows(result), screen.style()));
            screen.out().println("\nEvidence: " + result.bundle());
            screen.out().println("Exit code " + code.code() + ": " + code.meaning());
        }
        return code.code();
    }

    private VerifyRequest request() {
        Workspace place = options.workspace(screen);
        PlanRequest plan = PlanRequest.of(bug)
                .withKernels(kernels)
                .withVariants(variants)
                .withOverrides(Overrides.of(srpms, digests, kernels));
        plan = profile == null ? plan : plan.withProfile(profile);
        VerifyRequest request = building.in(VerifyRequest.of(place, bug))
                .withPlan(plan)
                .withTrials(trials)
                .withRunsDirectory(out)
                .withLane(lane)
                .withJudging(trialsOnly ? Judging.LATER : Judging.HERE);
        request = mostTrials == null ? request : request.withMostTrials(mostTrials);
        request = confidence == null ? request : request.withConfidence(confidence);
        request = residual == null ? request : request.withResidual(residual);
        request = maxTime == null ? request : request.withMaxTime(maxTime);
        request = jobs == null ? request : request.withJobs(jobs);
        request = acceleration == null ? request : request.withAcceleration(acceleration);
        return resume == null ? request : request.withResume(resume);
    }

    private static List<VerdictTable.Row> rows(VerifyResult result) {
        return result.variants().stream().map(VerifyCommand::row).toList();
    }

    private static VerdictTable.Row row(VariantResult result) {
        VerdictTable.Role role =
                result.role() == VariantRole.CONTROL ? VerdictTable.Role.CONTROL : VerdictTable.Role.CANDIDATE;
        return new VerdictTable.Row(result.kernel(), result.variant(), role, result.verdict(), result.trouble());
    }

    private Map<String, Object> document(VerifyResult result, ExitCode code) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bug", bug);
        document.put("bundle", result.bundle().toString());
        document.put("exitCode", code.code());
        document.put("outcome", code.name());
        document.put("variants", result.variants());
        return document;
    }
}
