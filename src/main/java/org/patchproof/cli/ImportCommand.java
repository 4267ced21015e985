package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.build.SourceMissingException;
import org.patchproof.check.CheckRequest;
import org.patchproof.check.CheckedKernel;
import org.patchproof.check.KernelReport;
import org.patchproof.check.PatchCheckRun;
import org.patchproof.check.PatchIntake;
import org.patchproof.check.PreparedFiles;
import org.patchproof.patch.CherryPick;
import org.patchproof.patch.CommitChange;
import org.patchproof.patch.CommitPatch;
import org.patchproof.patch.GitCommits;
import org.patchproof.patch.ImportException;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;
import org.patchproof.process.CommandRunner;
import org.patchproof.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes commits of a git repository as patches: mails as git format-patch writes them, with author,"
                    + " date, message, trailers and the commit's id. Merges are refused.",
            "",
            "With --kernel the commits are carried over to that kernel's own source by three-way merge, and"
                    + " the patches are made for it; where both changed the same lines, the conflict is shown and"
                    + " nothing is written."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof import ~/linux v6.1..my-fix -o patches/my-bug/linux-6.1",
            "  patchproof import ~/linux ee60ad219f5c -o backport --kernel el7-3.10.0-693",
            "",
            "Exit codes: 0 written; 1 conflicts, or the result does not apply; 2 the request",
            "is wrong; 3 the kernel's spec changes its tree in a way that only verify can",
            "follow; 4 a tool or the disk failed."
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REPO", description = "The folder of a git repository; it is only read.")
    private Path repository;

    @Parameters(index = "1", paramLabel = "RANGE", description = "OLD..NEW, OLD.. (to HEAD), or one COMMIT.")
    private String range;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Where the patches go; no file that is there is written over.")
    private Path out;

    @Option(names = "--kernel", paramLabel = "KERNEL", description = "Make the patches for this kernel's source.")
    private String kernel;

    @Option(
            names = "--srpm",
            paramLabel = "PATH",
            description = "That kernel's source RPM. Default: srpms/ of the workspace.")
    private String srpm;

    @Option(names = "--json", description = "The result as JSON on standard output.")
    private boolean json;

    @Option(names = "-C", paramLabel = "DIR", description = "The workspace: the folder with specs/ and patches/.")
    private Path folder;

    private final Screen screen;
    private final CommandRunner runner;

    ImportCommand(Screen screen, CommandRunner runner) {
        this.screen = screen;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (kernel == null && srpm != null) {
            throw new WrongRequestException("--srpm is given, --kernel is not", "Name the kernel, too.");
        }
        try (GitCommits git = GitCommits.open(repository)) {
            List<CommitChange> commits = git.read(range);
            return kernel == null ? finish(written(commits), commits, List.of(), Optional.empty()) : carryOver(commits);
        } catch (ImportException e) {
            throw new WrongRequestException(e.getMessage(), e.remedy(), e);
        } catch (SourceMissingException e) {
            throw new WrongRequestException(e.getMessage(), e.remedy(), e);
        }
    }

    private int carryOver(List<CommitChange> commits) throws IOException, InterruptedException {
        Workspace workspace = workspace();
        List<String> srpms = srpm == null ? List.of() : List.of(kernel + "=" + srpm);
        CheckedKernel target = CheckedKernel.of(
                PlanLoader.kernels(workspace, List.of(kernel), Overrides.of(srpms, List.of(), List.of(kernel)))
                        .get(0));
        Path cache = VerifyRequest.defaultCache(screen.environment(), Path.of(System.getProperty("user.home", ".")));
        PatchCheckRun run = new PatchCheckRun(runner, workspace, cache);
        PatchSeries upstream = new PatchSeries("upstream", patches(commits));
        PreparedFiles prepared = run.preparedFiles(target, upstream);
        CherryPick.Picked picked = CherryPick.onto(kernel, prepared.files(), commits);
        List<String> notes = new ArrayList<>(prepared.notes());
        notes.addAll(picked.notes());
        ExitCode unpicked = prepared.unfollowed().isEmpty() ? ExitCode.SAYS_NO : ExitCode.INCONCLUSIVE;
        if (!picked.conflicts().isEmpty()) {
            return conflicts(picked, notes, unpicked);
        }
        if (picked.commits().isEmpty()) {
            int code = finish(List.of(), List.of(), notes, Optional.empty());
            return prepared.unfollowed().isEmpty() ? code : unpicked.code();
        }
        List<Patch> made = patches(picked.commits());
        KernelReport report = run.check(new CheckRequest(new PatchSeries(kernel, made), List.of(target), 1))
                .get(0);
        return finish(written(picked.commits()), picked.commits(), picked.notes(), Optional.of(report));
    }

    private Workspace workspace() {
        return Workspace.at(Optional.ofNullable(folder).orElseGet(screen::workspace));
    }

    private static List<Patch> patches(List<CommitChange> commits) {
        List<Patch> patches = new ArrayList<>();
        for (CommitChange commit : commits) {
            patches.add(CommitPatch.of(commit, patches.size() + 1, commits.size()));
        }
        return patches;
    }

    /** All of them, or none. */
    private List<Path> written(List<CommitChange> commits) throws IOException {
        List<Patch> patches = patches(commits);
        List<Path> targets =
                patches.stream().map(patch -> out.resolve(patch.name())).toList();
        for (Path target : targets) {
            if (Files.exists(target)) {
                throw new WrongRequestException(target + ": is there already", "Name another folder, or move it away.");
            }
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new WrongRequestException(out + ": is no folder", "Name a folder for the patches.");
        }
        Files.createDirectories(out);
        List<Path> parts = new ArrayList<>();
        try {
            for (Patch patch : patches) {
                Path part = out.resolve("." + patch.name() + ".part");
                parts.add(part);
                Files.write(part, patch.bytes(PatchStyle.AS_GIVEN));
            }
            for (int i = 0; i < targets.size(); i++) {
                Files.move(parts.get(i), targets.get(i), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
        return targets;
    }

    private int conflicts(CherryPick.Picked picked, List<String> notes, ExitCode code) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("written", List.of());
            document.put("conflicts", picked.conflicts());
            document.put("notes", notes);
            screen.out().println(Json.of(document));
            return code.code();
        }
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(note).append('\n'));
        for (CherryPick.Conflict conflict : picked.conflicts()) {
            text.append(conflict.commit())
                    .append(" conflicts with ")
                    .append(kernel)
                    .append(" in ");
            text.append(conflict.path()).append(":\n");
            conflict.shown()
                    .lines()
                    .forEach(line ->
                            text.append("  ").append(line.replace("\t", "    ")).append('\n'));
        }
        text.append("Nothing was written. Name the commits that this one needs, too (git log -L, git blame show\n");
        text.append("them), or write the patch for this kernel by hand.\n");
        screen.out().print(Words.harmless(text.toString()));
        return code.code();
    }

    private int finish(
            List<Path> files, List<CommitChange> commits, List<String> earlier, Optional<KernelReport> report)
            throws IOException {
        List<String> notes = new ArrayList<>(earlier);
        commits.forEach(commit -> notes.addAll(CommitPatch.notes(commit)));
        List<LintFinding> findings = PatchIntake.removedFixes(workspace(), patches(commits));
        ExitCode code = report.map(r -> CheckExit.of(List.of(r))).orElse(ExitCode.HOPED);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            List<Map<String, String>> written = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                written.add(Map.of(
                        "file",
                        files.get(i).toString(),
                        "commit",
                        commits.get(i).id()));
            }
            document.put("written", written);
            document.put("conflicts", List.of());
            document.put("notes", notes);
            document.put("findings", CheckJson.findings(findings));
            report.ifPresent(r -> document.put("check", CheckJson.kernel(r)));
            screen.out().println(Json.of(document));
            return code.code();
        }
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(note).append('\n'));
        for (int i = 0; i < files.size(); i++) {
            text.append(files.get(i))
                    .append("  <- ")
                    .append(commits.get(i).id(), 0, 12)
                    .append('\n');
        }
        findings.forEach(finding -> text.append(finding.message())
                .append("\n  ")
                .append(finding.remedy())
                .append('\n'));
        report.ifPresent(r -> text.append('\n').append(new CheckText().render(List.of(r), List.of(), List.of())));
        screen.out().print(Words.harmless(text.toString()));
        return code.code();
    }
}
