package org.patchproof.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.process.Command;
import org.patchproof.root.OpenRoot;
import org.patchproof.root.RootIdentity;

/** A build root in name only: a command that runs in it begins with {@code in-root}, and with the topdir it got. */
public final class FakeRoot implements OpenRoot {
    private boolean closed;

    @Override
    public Command inside(Command command, Path topdir) {
        return wrapped(command, List.of("in-root", topdir.toString()));
    }

    @Override
    public Command inside(Command command) {
        return wrapped(command, List.of("in-root"));
    }

    private static Command wrapped(Command command, List<String> with) {
        List<String> argv =
                Stream.concat(with.stream(), command.argv().stream()).toList();
        return new Command(argv, command.directory(), command.environment(), command.timeout(), command.log());
    }

    @Override
    public RootIdentity identity() {
        return new RootIdentity(
                "container", "localhost/el7:1", Optional.of("sha256:ab cd"), "feed", "4.8.5", "RPM version 4.11.3");
    }

    @Override
    public boolean onHost() {
        return false;
    }

    @Override
    public boolean seesMounts() {
        return false;
    }

    /** Whether it was given up. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
