package org.patchproof.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchLint;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchRepair;
import org.patchproof.patch.RemovedFixes;
import org.patchproof.patch.TreeFiles;
import org.patchproof.plan.Workspace;

/** Reads patch files and says what is wrong with each, all of it at once. */
public final class PatchIntake {
    private final PatchLint.Purpose purpose;

    /** An intake for patches that are to be tried, or shipped. */
    public PatchIntake(PatchLint.Purpose purpose) {
        this.purpose = Objects.requireNonNull(purpose);
    }

    /**
     * One patch file.
     *
     * @param name its name, without its directory
     * @param raw the bytes as they stand in the file, each a character
     * @param findings what is wrong with it
     * @param patch the patch; empty when it must not be used as it is
     */
    public record Taken(String name, String raw, List<LintFinding> findings, Optional<Patch> patch) {
        public Taken {
            findings = List.copyOf(findings);
        }

        private byte[] bytes() {
            return raw.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        }

        /** Whether something is wrong that a look at the kernel's own file may mend, and nothing else is. */
        public boolean mendable() {
            return patch.isEmpty()
                    && findings.stream()
                            .filter(f -> f.severity() == LintFinding.Severity.ERROR)
                            .allMatch(f -> f.kind() == LintFinding.Kind.WHITE_SPACE
                                    || f.kind() == LintFinding.Kind.LINE_ENDS
                                    || f.kind() == LintFinding.Kind.COUNTS);
        }

        /** The paths that it touches, as far as can be told. */
        public List<String> paths() {
            return PatchRepair.paths(bytes());
        }

        /** What can be made of it with the help of the files that it is for. */
        public PatchRepair.Repair repair(TreeFiles tree) {
            return PatchRepair.repair(name, bytes(), tree);
        }
    }

    /**
     * Reads one file.
     *
     * @throws IOException when it cannot be read
     */
    public Taken take(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(PatchReader.SIZE_LIMIT + 1);
            String name = file.getFileName().toString();
            List<LintFinding> findings = PatchLint.lint(name, bytes, purpose);
            boolean usable = findings.stream().noneMatch(f -> f.severity() == LintFinding.Severity.ERROR);
            return new Taken(
                    name,
                    new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1),
                    findings,
                    usable ? Optional.of(PatchReader.parse(name, bytes)) : Optional.empty());
        }
    }

    /** Warnings for those of {@code patches} that take out a fix: one of the workspace's, or one before it. */
    public static List<LintFinding> removedFixes(Workspace workspace, List<Patch> patches) throws IOException {
        KnownFixes known = new KnownFixes(workspace);
        List<Patch> before = new ArrayList<>();
        List<LintFinding> findings = new ArrayList<>();
        for (Patch patch : patches) {
            List<Patch> fixes = new ArrayList<>(known.takenOutBy(patch));
            fixes.addAll(before);
            findings.addAll(RemovedFixes.find(patch, fixes));
            before.add(patch);
        }
        return findings;
    }
}
