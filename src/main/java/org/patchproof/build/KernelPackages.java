package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmFileEntry;
import org.patchproof.srpm.RpmPackage;

/** Reads which kernel a set of RPMs brings. */
final class KernelPackages {
    private static final String IMAGE = "/boot/vmlinuz-";

    private KernelPackages() {}

    /**
     * @param name of the kernel's own package, from the kernel's YAML
     * @throws BuildTroubleException when no package brings a kernel image
     */
    static BuiltKernel read(List<Path> rpms, String name, Optional<String> buildId) throws IOException {
        List<BuiltPackage> packages = new ArrayList<>();
        Optional<RpmFileEntry> image = Optional.empty();
        for (Path file : rpms) {
            RpmPackage rpm = RpmFile.read(file);
            String nevra = rpm.nevra().name() + "-" + rpm.nevra().version() + "-"
                    + rpm.nevra().release() + "." + rpm.nevra().arch();
            BuiltPackage built = new BuiltPackage(file, nevra, rpm.sha256(), rpm.size());
            boolean own = rpm.nevra().name().equals(name) || rpm.nevra().name().equals(name + "-core");
            Optional<RpmFileEntry> found = rpm.files().stream()
                    .filter(entry -> entry.path().startsWith(IMAGE) && entry.isRegular() && !entry.isGhost())
                    .findFirst();
            if (own && found.isPresent()) {
                packages.add(0, built);
                image = found;
            } else if (own || rpm.nevra().name().startsWith(name + "-modules")) {
                packages.add(built);
            }
        }
        RpmFileEntry entry = image.orElseThrow(() -> new BuildTroubleException(
                "none of " + rpms.stream().map(Path::getFileName).toList() + " is a package " + name + " with a "
                        + IMAGE + "* in it",
                "Name the package that brings the kernel: build: package: in the kernel's YAML."));
        return new BuiltKernel(
                packages,
                entry.path().substring(IMAGE.length()),
                entry.path(),
                entry.digest().map(digest -> digest.hex()).orElse(""),
                buildId);
    }
}
