package org.patchproof.root;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/** A chroot of mock's own making, for this run. */
final class MockRoot implements OpenRoot {
    private final CommandRunner runner;
    private final MockRun mock;
    private final RootIdentity identity;

    private MockRoot(CommandRunner runner, MockRun mock, RootIdentity identity) {
        this.runner = runner;
        this.mock = mock;
        this.identity = identity;
    }

    /** Makes the chroot, with what {@code srpm} needs. */
    static MockRoot open(CommandRunner runner, String config, Path srpm, Path log) {
        CommandResult user = runner.run(Command.of("id", "-u"));
        if (user.ok() && user.output().strip().equals("0")) {
            throw new RootException(
                    "mock does not run as root",
                    "Run patchproof as a member of the group mock: usermod -a -G mock NAME.");
        }
        MockRun mock = new MockRun(config, "patchproof-" + UUID.randomUUID());
        try {
            for (Command step : new Command[] {mock.init(), mock.installRpmbuild(), mock.installDependencies(srpm)}) {
                require(runner.run(step.loggingTo(log)), config);
            }
            CommandResult answer = runner.run(mock.command(RootQuery.command(), Optional.empty()));
            return new MockRoot(runner, mock, RootQuery.read(answer, "mock", config, Optional.empty()));
        } catch (RootException e) {
            remove(runner, mock);
            throw e;
        }
    }

    private static void require(CommandResult result, String config) {
        if (!result.ok()) {
            throw new RootException(
                    "mock could not make the build root " + config + "\n" + result.transcript(),
                    "See the lines above: does mock --root=" + config + " --init work by hand?");
        }
    }

    @Override
    public Command inside(Command command, Path topdir) {
        return mock.command(command, Optional.of(topdir));
    }

    @Override
    public Command inside(Command command) {
        return mock.command(command, Optional.empty());
    }

    @Override
    public RootIdentity identity() {
        return identity;
    }

    @Override
    public boolean onHost() {
        return false;
    }

    /** mock is a set-uid program that makes its own. */
    @Override
    public boolean seesMounts() {
        return false;
    }

    @Override
    public void close() {
        remove(runner, mock);
    }

    private static void remove(CommandRunner runner, MockRun mock) {
        runner.run(mock.killOrphans());
        runner.run(mock.remove());
    }
}
