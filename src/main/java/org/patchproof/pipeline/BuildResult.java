package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.plan.VariantRole;

/**
 * What {@code build} made.
 *
 * @param variants by kernel and then as in the bug's file, each control before its candidates
 */
public record BuildResult(List<Built> variants) {
    public BuildResult {
        variants = List.copyOf(variants);
    }

    /**
     * One variant.
     *
     * @param kernel the kernel's name
     * @param variant the variant's name
     * @param role what the variant is for
     * @param bundle the folder with the packages and their evidence; run.json in it names them
     * @param nevra of the kernel package; empty when there is none
     * @param packages the files
     * @param made with what the build began: clean, incremental or cached, in words
     * @param stage where it ended by its own fault: {@code patch} or {@code build}
     * @param lines that say why it ended there
     * @param trouble what failed on our side
     */
    public record Built(
            String kernel,
            String variant,
            VariantRole role,
            Path bundle,
            Optional<String> nevra,
            List<Path> packages,
            Optional<String> made,
            Optional<String> stage,
            List<String> lines,
            Optional<String> trouble) {
        public Built {
            Objects.requireNonNull(kernel);
            Objects.requireNonNull(variant);
            Objects.requireNonNull(role);
            Objects.requireNonNull(bundle);
            Objects.requireNonNull(nevra);
            packages = List.copyOf(packages);
            Objects.requireNonNull(made);
            Objects.requireNonNull(stage);
            lines = List.copyOf(lines);
            Objects.requireNonNull(trouble);
        }

        /** What this variant alone would make of the command. */
        public ExitCode exitCode() {
            return stage.isPresent() ? ExitCode.SAYS_NO : nevra.isPresent() ? ExitCode.HOPED : ExitCode.INFRASTRUCTURE;
        }
    }

    /** The worst of all variants. */
    public ExitCode exitCode() {
        return ExitCode.worst(variants.stream().map(Built::exitCode).toList());
    }
}
