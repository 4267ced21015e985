package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        for (RunRecord.Package rpm : build.packages()) {
            Path file = bundle.resolve(rpm.file()).normalize();
            if (!file.startsWith(bundle.normalize())) {
                damaged.add(rpm.file() + " (it is not in the bundle)");
            } else if (!Files.isRegularFile(file)) {
                damaged.add(rpm.file() + " (it is gone)");
            } else if (!FileDigest.sha256(file).equals(rpm.sha256())) {
                damaged.add(rpm.file() + " with the sha256 that was recorded");
            }
        }
        return damaged;
    }
}
