package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.Check;
import org.patchproof.pipeline.Doctor;
import org.patchproof.pipeline.TroubleException;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.srpm.SignatureCheck;
import org.patchproof.testing.FakeRunner;

/** A real process that gets a real Ctrl-C. */
class InterruptIT {
    /**
     * Job control, as a background job of a shell without it never gets the signal; and the default for it, as
     * these tests may themselves be such a job, and what is ignored is inherited (signal(7)).
     */
    private static final String SCRIPT = """
            set -m
            env --default-signal=INT "$@" 2>&1 &
            for _ in $(seq 300); do kill -0 $! 2>/dev/null || break; [ -e ready ] && break; sleep 0.1; done
            kill -INT $!
            wait $!
            echo "exit code $?"
            """;

    @Test
    void saysHowToGoOnAndExitsWith130(@org.junit.jupiter.api.io.TempDir Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command command = Command.of(
                        "bash",
                        "-c",
                        SCRIPT,
                        "interrupt",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        Path.of(CommandBench.WORKSPACE).toAbsolutePath().toString())
                .in(folder)
                .within(Duration.ofMinutes(1));
        CommandResult result = new LeashedRunner().run(command);
        assertThat(result.output())
                .contains(
                        "interrupted; what was finished is kept. Go on with:",
                        "patchproof verify demo --kernel fake-1.0 --confidence 0.99 -C ",
                        " --resume runs/1",
                        "exit code 130");
    }

    /** A run that never ends. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) {
            Wiring wiring = new Wiring(
                    (request, listener) -> {
                        listener.opened(Path.of("runs/1"));
                        return forever();
                    },
                    new FakeBuilder(),
                    new Doctor(new FakeRunner(), cache -> Check.ok("acceleration", "")),
                    new SignatureCheck(new FakeRunner()));
            System.exit(new PatchproofCommand(Screen.ofProcess(), wiring)
                    .run("verify", "demo", "--kernel", "fake-1.0", "--confidence", "0.99", "-C", args[0]));
        }

        private static org.patchproof.pipeline.VerifyResult forever() {
            try {
                java.nio.file.Files.writeString(Path.of("ready"), "");
                Thread.sleep(Duration.ofMinutes(1).toMillis());
                return new org.patchproof.pipeline.VerifyResult(Path.of("runs/1"), java.util.List.of());
            } catch (InterruptedException | java.io.IOException e) {
                throw new TroubleException("not interrupted as it should be", "", e);
            }
        }
    }
}
