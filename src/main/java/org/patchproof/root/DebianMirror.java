package org.patchproof.root;

import java.util.List;
import java.util.Optional;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.Programs;

/** Where this host gets its own Debian packages from: what debootstrap makes comes from there too. */
public final class DebianMirror {
    private final CommandRunner runner;

    public DebianMirror(CommandRunner runner) {
        this.runner = runner;
    }

    /** The host's mirror of {@code suite}; empty on a host without apt, which leaves it to debootstrap. */
    public Optional<String> of(String suite) {
        if (Programs.find("apt-get").isEmpty()) {
            return Optional.empty();
        }
        CommandResult result = runner.run(Command.of(
                List.of("apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages")));
        return result.ok()
                ? result.output()
                        .lines()
                        .filter(line -> line.startsWith(suite + " "))
                        .map(line -> line.substring(suite.length() + 1).strip())
                        .findFirst()
                : Optional.empty();
    }
}
