package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.patchproof.build.SourceMissingException;
import org.patchproof.check.CheckedKernel;
import org.patchproof.check.PatchCheckRun;
import org.patchproof.check.PatchIntake;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchRepair;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.TreeFiles;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.PlanException;

/** What {@code check} does with patch files that must not be used as they are: say all that is wrong, offer a repair. */
final class DamagedPatches {
    private final PatchCheckRun run;
    private final Optional<Path> folder;
    private final Screen screen;

    /**
     * @param folder where repaired patches go; empty when none is asked for
     */
    DamagedPatches(PatchCheckRun run, Optional<Path> folder, Screen screen) {
        this.run = run;
        this.folder = folder;
        this.screen = screen;
    }

    /** Throws when a patch is wrong in a way that no kernel's file can mend; every mistake of all is named. */
    void refuseHopeless(List<PatchIntake.Taken> taken) {
        if (taken.stream().anyMatch(one -> one.patch().isEmpty() && !one.mendable())) {
            throw refused(taken, List.of(), List.of());
        }
    }

    /** What {@code kernels} gives; where it fails, what is wrong with the patches is said first. */
    List<CheckedKernel> first(List<PatchIntake.Taken> taken, Supplier<List<CheckedKernel>> kernels) {
        if (taken.stream().allMatch(one -> one.patch().isPresent())) {
            return kernels.get();
        }
        try {
            return kernels.get();
        } catch (WrongRequestException | SourceMissingException | PlanException e) {
            throw refused(taken, List.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    private static WrongRequestException refused(
            List<PatchIntake.Taken> taken, List<String> failures, List<String> offers) {
        List<String> wrong = new ArrayList<>();
        Set<String> remedies = new LinkedHashSet<>();
        for (PatchIntake.Taken one : taken) {
            one.findings().stream()
                    .filter(f -> f.severity() == LintFinding.Severity.ERROR)
                    .forEach(f -> {
                        wrong.add(f.message());
                        remedies.add(f.remedy());
                    });
        }
        wrong.addAll(failures);
        remedies.addAll(offers);
        return new WrongRequestException(String.join("\n", wrong), String.join("\n", remedies));
    }

    /** A patch and the kernel whose files restored it. */
    private record Mended(Patch patch, String kernel) {}

    /**
     * The patches to go on with; throws when one can be neither used nor, as asked for, repaired.
     *
     * @param kernels whose files a repair may look at; the first that helps is taken
     */
    List<Patch> usable(List<PatchIntake.Taken> taken, List<CheckedKernel> kernels) throws IOException {
        List<Mended> mended = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<String> offers = new ArrayList<>();
        for (PatchIntake.Taken one : taken) {
            Optional<Mended> good = one.patch().map(patch -> new Mended(patch, ""));
            if (good.isEmpty()) {
                good = mend(one, kernels, failures);
                good.ifPresent(m -> offers.add(one.name() + " can be restored from the files of " + m.kernel()
                        + ": run the same command again with --repair DIR"));
            }
            good.ifPresent(mended::add);
        }
        if (mended.size() < taken.size() || !offers.isEmpty() && folder.isEmpty()) {
            throw refused(taken, failures, offers);
        }
        List<Patch> usable = new ArrayList<>();
        for (Mended one : mended) {
            usable.add(one.kernel().isEmpty() ? one.patch() : keep(one, folder.orElseThrow()));
        }
        return usable;
    }

    private Optional<Mended> mend(PatchIntake.Taken one, List<CheckedKernel> kernels, List<String> failures)
            throws IOException {
        for (CheckedKernel kernel : kernels) {
            TreeFiles files;
            try {
                files = run.files(kernel, one.paths());
            } catch (SourceMissingException e) {
                failures.add(kernel.name() + ": " + e.getMessage());
                continue;
            }
            PatchRepair.Repair repair = one.repair(files);
            if (repair.patch().isPresent()) {
                return Optional.of(new Mended(repair.patch().get(), kernel.name()));
            }
            repair.failures().stream()
                    .map(f -> f + " (tried with " + kernel.name() + ")")
                    .forEach(failures::add);
        }
        return Optional.empty();
    }

    private Patch keep(Mended mended, Path into) throws IOException {
        Patch patch = mended.patch();
        Path target = into.resolve(patch.name());
        if (Files.exists(target)) {
            throw new WrongRequestException(target + ": is there already", "Name another folder, or move it away.");
        }
        Files.createDirectories(into);
        Path part = into.resolve("." + patch.name() + ".part");
        Files.write(part, patch.bytes(PatchStyle.AS_GIVEN));
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        screen.err()
                .println("restored " + target + " from the files of " + mended.kernel()
                        + "; look at the indentation of the lines that it adds");
        return patch;
    }
}
