package org.patchproof.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that holds {@code specs/} and {@code patches/}.
 *
 * @param root absolute, its links resolved
 */
public record Workspace(Path root) {
    public Workspace {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + root);
        }
    }

    /**
     * The workspace in a folder.
     *
     * @throws PlanException when the folder is not there or has no {@code specs/}
     */
    public static Workspace at(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw wrong(absolute, "no such folder");
        }
        if (!Files.isDirectory(absolute.resolve("specs"))) {
            throw wrong(absolute, "has no folder specs/, so it is no workspace of patchproof");
        }
        try {
            return new Workspace(absolute.toRealPath());
        } catch (IOException e) {
            throw wrong(absolute, "cannot be resolved: " + e.getMessage());
        }
    }

    private static PlanException wrong(Path folder, String message) {
        String remedy = "Name the folder that holds specs/ and patches/, or run patchproof in it.";
        return new PlanException(List.of(new Problem(folder, 0, 0, message, remedy)));
    }

    public Path kernels() {
        return root.resolve("specs/kernels");
    }

    public Path guests() {
        return root.resolve("specs/guests");
    }

    public Path bugs() {
        return root.resolve("specs/bugs");
    }

    /** Where the patches of a bug for a kernel are. */
    public Path patches(String bug, String kernel) {
        return root.resolve("patches").resolve(bug).resolve(kernel);
    }

    /** Where source RPMs are looked for. It need not be there. */
    public Path srpms() {
        return root.resolve("srpms");
    }

    /** Where disk images of guests are looked for. It need not be there. */
    public Path images() {
        return root.resolve("images");
    }

    public Path kernelFile(String kernel) {
        return kernels().resolve(kernel + ".yaml");
    }

    public Path guestFile(String guest) {
        return guests().resolve(guest + ".yaml");
    }

    public Path bugFile(String bug) {
        return bugs().resolve(bug).resolve("bug.yaml");
    }

    /** A path as it is shown: relative to the root where it lies below it. */
    public Path shown(Path path) {
        return path.startsWith(root) && !path.equals(root) ? root.relativize(path) : path;
    }
}
