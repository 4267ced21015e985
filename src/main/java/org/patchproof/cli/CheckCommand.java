package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.patchproof.build.SourceMissingException;
import org.patchproof.check.CheckRequest;
import org.patchproof.check.CheckedKernel;
import org.patchproof.check.KernelReport;
import org.patchproof.check.PatchCheckRun;
import org.patchproof.check.PatchIntake;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchLint;
import org.patchproof.patch.PatchSeries;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.TroubleException;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;
import org.patchproof.process.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says in seconds whether patches apply to kernels, by the rule that each kernel's spec uses: at"
                    + " what offset and with what fuzz, or already in, or the hunk beside what the tree has"
                    + " there. Nothing is built. Patches are also read for damaged white space, wrong counts,"
                    + " and fixes that they take out.",
            "",
            "Only the files that the patches touch are taken out of the source, and kept: the first look at a"
                    + " kernel takes as long as decompressing it, the next ones are instant."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof check fix.patch                      on every kernel that is here",
            "  patchproof check 0001-a.patch 0002-b.patch --kernel linux-6.1",
            "  patchproof check fix.patch --srpm ~/kernel-5.14.0-427.el9.src.rpm",
            "  patchproof check from-a-web-page.patch --kernel linux-6.1 --repair mended",
            "",
            "Exit codes: 0 all apply; 1 some do not, or with fuzz only, which verify and",
            "release refuse, or are already in; 2 the request or a patch file is wrong;",
            "3 a spec changes its tree in a way that only verify can follow; 4 a tool or the",
            "disk failed."
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATCH",
            arity = "1..*",
            description = "Patches, in the order in which they are to be applied.")
    private List<Path> patches = List.of();

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description = "Only this kernel of specs/kernels/; may be given more than once. Default: all.")
    private List<String> kernels = List.of();

    @Option(
            names = "--srpm",
            paramLabel = "[KERNEL=]PATH",
            description = "With a name: where that kernel's source RPM is. Without: check on this package, which no"
                    + " file of specs/ need know; may be given more than once.")
    private List<String> srpms = List.of();

    @Option(names = "--release", description = "The patches are to be shipped: want a Signed-off-by.")
    private boolean release;

    @Option(
            names = "--repair",
            paramLabel = "DIR",
            description = "Restore patches with damaged white space from the kernel's own files, write them to DIR,"
                    + " and check these.")
    private Path repair;

    @Option(names = "--jobs", paramLabel = "N", description = "Look at so many kernels at once.")
    private Integer jobs;

    @Option(names = "--json", description = "The result as JSON on standard output.")
    private boolean json;

    @Option(names = "-C", paramLabel = "DIR", description = "The workspace: the folder with specs/ and patches/.")
    private Path folder;

    private final Screen screen;
    private final CommandRunner runner;

    CheckCommand(Screen screen, CommandRunner runner) {
        this.screen = screen;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int workers = Optional.ofNullable(jobs).orElse(Runtime.getRuntime().availableProcessors());
        if (workers < 1) {
            throw new WrongRequestException("jobs: " + workers, "Give a number from 1, as --jobs 4.");
        }
        List<PatchIntake.Taken> taken = take();
        Workspace workspace = Workspace.at(Optional.ofNullable(folder).orElseGet(screen::workspace));
        Path cache = VerifyRequest.defaultCache(screen.environment(), Path.of(System.getProperty("user.home", ".")));
        PatchCheckRun run = new PatchCheckRun(runner, workspace, cache);
        List<String> leftOut = new ArrayList<>();
        try {
            DamagedPatches damaged = new DamagedPatches(run, Optional.ofNullable(repair), screen);
            damaged.refuseHopeless(taken);
            List<CheckedKernel> here = damaged.first(taken, () -> here(run, kernels(workspace), leftOut));
            List<Patch> usable = damaged.usable(taken, here);
            PatchSeries series = series(usable);
            FutureTask<List<LintFinding>> fixes = new FutureTask<>(() -> PatchIntake.removedFixes(workspace, usable));
            new Thread(fixes, "known-fixes").start();
            List<KernelReport> reports = run.check(new CheckRequest(series, here, workers));
            List<LintFinding> findings = new ArrayList<>();
            taken.forEach(t -> findings.addAll(t.findings()));
            findings.addAll(fixes.get());
            return print(reports, findings, leftOut);
        } catch (ExecutionException e) {
            throw new TroubleException("the workspace's fixes cannot be read: " + e.getCause(), "See patches/.", e);
        } catch (SourceMissingException e) {
            throw new WrongRequestException(e.getMessage(), e.remedy(), e);
        }
    }

    private List<PatchIntake.Taken> take() throws IOException {
        PatchIntake intake = new PatchIntake(release ? PatchLint.Purpose.RELEASE : PatchLint.Purpose.TRIAL);
        List<PatchIntake.Taken> taken = new ArrayList<>();
        for (Path patch : patches) {
            Inputs.requireFile(patch, "Name patch files, in the order in which they are to be applied.");
        }
        for (Path patch : patches) {
            taken.add(intake.take(patch));
        }
        return taken;
    }

    private static PatchSeries series(List<Patch> patches) {
        try {
            return new PatchSeries("check", patches);
        } catch (IllegalArgumentException e) {
            throw new WrongRequestException(e.getMessage(), "In SOURCES patches lie side by side.", e);
        }
    }

    private List<CheckedKernel> kernels(Workspace workspace) {
        List<String> named = srpms.stream().filter(CheckCommand::namesKernel).toList();
        List<CheckedKernel> all = new ArrayList<>();
        if (!kernels.isEmpty() || named.size() == srpms.size()) {
            PlanLoader.kernels(workspace, kernels, Overrides.of(named, List.of(), kernels))
                    .forEach(kernel -> all.add(CheckedKernel.of(kernel)));
        }
        for (String srpm : srpms) {
            if (!namesKernel(srpm)) {
                Path file = Path.of(srpm);
                Inputs.requireFile(file, "Name a source RPM, or KERNEL=PATH.");
                all.add(CheckedKernel.of(file));
            }
        }
        if (all.isEmpty()) {
            throw new WrongRequestException(
                    workspace.shown(workspace.kernels()) + " has no kernel",
                    "Name a source RPM with --srpm PATH, or write a kernel's YAML there.");
        }
        return all;
    }

    private static boolean namesKernel(String srpm) {
        return srpm.matches("[A-Za-z0-9._-]+=.*");
    }

    /** Those whose source is here; the others are an error when they were named, and else left out with a word. */
    private List<CheckedKernel> here(PatchCheckRun run, List<CheckedKernel> all, List<String> leftOut) {
        List<CheckedKernel> here = new ArrayList<>();
        for (CheckedKernel kernel : all) {
            try {
                run.require(kernel);
                here.add(kernel);
            } catch (SourceMissingException e) {
                if (kernels.contains(kernel.name())) {
                    throw e;
                }
                leftOut.add(kernel.name() + " is left out: " + e.getMessage() + ". " + e.remedy());
            }
        }
        if (here.isEmpty()) {
            throw new WrongRequestException(
                    "no kernel has its source here\n" + String.join("\n", leftOut),
                    "Or name a source RPM: --srpm PATH.");
        }
        return here;
    }

    private int print(List<KernelReport> reports, List<LintFinding> findings, List<String> leftOut) {
        ExitCode code = CheckExit.of(reports);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("applies", code == ExitCode.HOPED);
            document.put("kernels", reports.stream().map(CheckJson::kernel).toList());
            document.put("findings", CheckJson.findings(findings));
            document.put("leftOut", leftOut);
            screen.out().println(Json.of(document));
        } else {
            screen.out().print(new CheckText().render(reports, findings, leftOut));
        }
        return code.code();
    }
}
