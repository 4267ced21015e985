package org.patchproof.root;

import java.nio.file.Path;
import java.util.Optional;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** This host, as it is. */
record HostRoot(RootIdentity identity) implements OpenRoot {

    static HostRoot open(CommandRunner runner) {
        return new HostRoot(RootQuery.read(runner.run(RootQuery.command()), "host", "this host", Optional.empty()));
    }

    @Override
    public Command inside(Command command, Path topdir) {
        return command;
    }

    @Override
    public Command inside(Command command) {
        return command;
    }

    @Override
    public boolean onHost() {
        return true;
    }

    @Override
    public boolean seesMounts() {
        return true;
    }

    @Override
    public void close() {
        // Nothing was made.
    }
}
