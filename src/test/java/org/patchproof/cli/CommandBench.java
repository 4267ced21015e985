package org.patchproof.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.patchproof.pipeline.Check;
import org.patchproof.pipeline.Doctor;
import org.patchproof.process.LeashedRunner;
import org.patchproof.srpm.SignatureCheck;
import org.patchproof.testing.FakeRunner;

/** Runs command lines and keeps what they print. */
final class CommandBench {
    static final String WORKSPACE = "src/test/resources/plan/good";

    final FakeVerifier verifier = new FakeVerifier();
    final FakeBuilder builder = new FakeBuilder();
    final FakeReleaser releaser = new FakeReleaser();
    final FakeRunner runner = new FakeRunner();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen.Kind kind;
    private final Map<String, String> environment;

    CommandBench() {
        this(Screen.Kind.PIPE, Map.of());
    }

    CommandBench(Screen.Kind kind, Map<String, String> environment) {
        this.kind = kind;
        this.environment = environment;
    }

    /** The exit code. What check and import start is real, and must be: their own tests ask that of it. */
    int run(String... args) {
        Doctor doctor = new Doctor(runner, cache -> Check.ok("acceleration", "as a test has it"));
        return new PatchproofCommand(
                        screen(),
                        new Wiring(
                                verifier, builder, releaser, doctor, new SignatureCheck(runner), new LeashedRunner()))
                .run(args);
    }

    /** The exit code of {@code verify demo} with more arguments, in a workspace of the tests. */
    int verify(String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "verify";
        args[1] = "demo";
        args[2] = "-C";
        args[3] = WORKSPACE;
        System.arraycopy(more, 0, args, 4, more.length);
        return run(args);
    }

    Screen screen() {
        return new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                kind,
                environment,
                Optional.of(Path.of(WORKSPACE)));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
