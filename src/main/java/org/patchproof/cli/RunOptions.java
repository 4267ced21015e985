package org.patchproof.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.patchproof.plan.Workspace;
import picocli.CommandLine.Option;

/** Where a run finds what it is about, and how it says what came of it. */
final class RunOptions {
    @Option(names = "--json", description = "The result as JSON on standard output.")
    private boolean json;

    @Option(
            names = "-C",
            paramLabel = "DIR",
            description = "The workspace: the folder with specs/ and patches/. Default: the current folder if it has"
                    + " specs/, else patchproof's own.")
    private Path workspace;

    boolean json() {
        return json;
    }

    Workspace workspace(Screen screen) {
        return Workspace.at(Optional.ofNullable(workspace).orElseGet(screen::workspace));
    }
}
