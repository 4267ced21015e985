package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.files.FileDigest;

/** The RPMs of a bundle: are they there, and are they what run.json says. */
final class PackageFiles {
    private PackageFiles() {}

    /**
     * What is wrong with the packages of {@code build} in the directory {@code bundle}, in words; empty
     * when nothing is.
     */
    static List<String> damaged(Path bundle, RunRecord.Build build) throws IOException {
        List<String> damaged = new ArrayList<>();
        if (build.direct()) {
            damaged(bundle, build.image(), build.imageSha256()).ifPresent(damaged::add);
        }
        for (RunRecord.Package rpm : build.packages()) {
            damaged(bundle, rpm.file(), rpm.sha256()).ifPresent(damaged::add);
        }
        return damaged;
    }

    private static Optional<String> damaged(Path bundle, String name, String sha256) throws IOException {
        Path file = bundle.resolve(name).normalize();
        if (!file.startsWith(bundle.normalize())) {
            return Optional.of(name + " (it is not in the bundle)");
        } else if (!Files.isRegularFile(file)) {
            return Optional.of(name + " (it is gone)");
        }
        return FileDigest.sha256(file).equals(sha256)
                ? Optional.empty()
                : Optional.of(name + " with the sha256 that was recorded");
    }
}
