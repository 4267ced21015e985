package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.testing.StubKernel;
import org.patchproof.testing.ThrowAwayKey;

/** kill -9 at random moments: the release's place holds nothing or all of it, and in the end all. */
class KilledReleaseIT {
    private static final int KILLS = 4;
    private static final long LONGEST_MILLIS = 6000;

    @TempDir
    Path dir;

    @Test
    void killedAtAnyMomentItGoesOnAndNothingHalfIsLeft() throws Exception {
        try (ThrowAwayKey key = new ThrowAwayKey(dir, ReleaseBench.USER)) {
            ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < KILLS && !Files.exists(bench.out); i++) {
                Process process = start(bench);
                process.waitFor(random.nextLong(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                nothingOrAll(bench, seed);
            }
            if (!Files.exists(bench.out)) {
                Process process = start(bench);
                assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue())
                        .as(Files.readString(dir.resolve("log")))
                        .isZero();
            }
            nothingOrAll(bench, seed);
            assertThat(bench.out).isDirectory();
        }
    }

    private void nothingOrAll(ReleaseBench bench, long seed) throws IOException {
        if (Files.exists(bench.out)) {
            assertThat(bench.out.resolve("SHA256SUMS.asc")).as("seed %s", seed).exists();
            StubKernel.run(Command.of("sha256sum", "--quiet", "-c", "SHA256SUMS")
                            .in(bench.out))
                    .orThrow();
        }
    }

    private Process start(ReleaseBench bench) throws IOException {
        List<String> argv = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.patchproof.cli.Main",
                "release",
                "demo",
                "--kernel=fake-1.0",
                "--variant=fixed",
                "--key=" + bench.key.fingerprint(),
                "--passphrase-file=" + bench.key.passphraseFile(),
                "--proof=" + bench.runs,
                "--out=" + bench.out,
                "--without-customer-trial=no machine here",
                "--yes-without-customer-trial",
                "-C",
                bench.workspace.root().toString());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(dir.toFile(), "log")));
        builder.environment().put("GNUPGHOME", bench.key.home().toString());
        builder.environment().put("XDG_CACHE_HOME", dir.resolve("xdg").toString());
        return builder.start();
    }
}
