package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.ReleaseOptions;
import org.patchproof.pipeline.ReleaseOptions.Said;
import org.patchproof.release.Refusal;
import org.patchproof.release.RefusedException;

class ReleaseCommandTest {
    private static final String KEY = "0123456789ABCDEF";
    private final CommandBench bench = new CommandBench();

    private int release(String... more) {
        List<String> args = new ArrayList<>(
                List.of("release", "demo", "--kernel", "fake-1.0", "--variant", "fixed", "--key", KEY, "-o", "out"));
        args.addAll(Arrays.asList(more));
        return bench.run(args.toArray(String[]::new));
    }

    @Test
    void saysWhereItIsWhatIsInItAndWhatDiffers() {
        assertThat(release()).isZero();
        assertThat(bench.out())
                .contains("Released: out\n  repo/kernel-1-1.fix.x86_64.rpm")
                .contains(
                        "1-1 < 1-1.fix",
                        "configuration CONFIG_X",
                        "It was not tried as a customer would.",
                        "out/RELEASE.md")
                .doesNotContain("\u001b");
    }

    @Test
    void optionsBecomeTheRequest() {
        assertThat(release(
                        "--passphrase-file=secret",
                        "--proof=a",
                        "--proof=b",
                        "--confidence=0.99",
                        "--suffix=.fix",
                        "--next=1-2",
                        "--packager=A <a@b>",
                        "--date=2026-11-24",
                        "--ticket=OPS-1",
                        "--allow-kabi=find",
                        "--base-url=https://example.org/r/",
                        "--without-proof=why not",
                        "--yes-without-proof",
                        "--without-customer-trial=no machine",
                        "--accel=tcg",
                        "--jobs=3"))
                .isZero();
        ReleaseOptions options = bench.releaser.asked().options();
        assertThat(options.key().keyId()).isEqualTo(KEY);
        assertThat(options.key().passphraseFile()).contains(Path.of("secret"));
        assertThat(bench.releaser.asked().proofs()).containsExactly(Path.of("a"), Path.of("b"));
        assertThat(options.confidence()).isEqualTo(0.99);
        assertThat(options.suffix()).contains(".fix");
        assertThat(options.next()).containsExactly("1-2");
        assertThat(options.packager()).contains("A <a@b>");
        assertThat(options.date()).contains(LocalDate.of(2026, 11, 24));
        assertThat(options.ticket()).contains("OPS-1");
        assertThat(options.allowed()).containsExactly("find");
        assertThat(options.base()).contains("https://example.org/r");
        assertThat(options.unproved()).contains(new ReleaseOptions.Waiver("why not", Said.TWICE));
        assertThat(options.customer())
                .isEqualTo(new ReleaseOptions.Customer(
                        Optional.of(new ReleaseOptions.Waiver("no machine", Said.ONCE)), Optional.of("tcg")));
        assertThat(bench.releaser.asked().jobs()).isEqualTo(3);
    }

    @Test
    void withoutADateItIsThatOfTheEnvironment() {
        CommandBench dated = new CommandBench(Screen.Kind.PIPE, java.util.Map.of("SOURCE_DATE_EPOCH", "1700000000"));
        dated.run("release", "demo", "--kernel=fake-1.0", "--variant=fixed", "--key=" + KEY, "-o=out");
        assertThat(dated.releaser.asked().options().date()).contains(LocalDate.of(2023, 11, 14));
        release();
        assertThat(bench.releaser.asked().options().date()).isEmpty();
    }

    @Test
    void aRefusalSaysEachReasonWithItsRemedyAndExitsWithOne() {
        bench.releaser.refuses(new RefusedException(List.of(
                new Refusal("it was never tried", "Run: ./patchproof verify demo"),
                new Refusal("another source", "Run: ./patchproof verify demo"))));
        assertThat(release()).isEqualTo(1);
        assertThat(bench.err())
                .contains("not released:", "it was never tried", "another source")
                .containsOnlyOnce("Run: ./patchproof verify demo");
    }

    @Test
    void withoutProofTheExitCodeIsThatOfTheRelease() {
        bench.releaser.ends(ExitCode.SAYS_NO);
        assertThat(release("--without-proof=because", "--json")).isEqualTo(1);
        assertThat(bench.out()).contains("\"exitCode\" : 1", "\"kernel-1-1.fix.x86_64.rpm\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--date=tomorrow, is no date",
        "--confidence=1, confidence: 1.0",
        "--yes-without-proof, is for a release without proof",
        "--yes-without-customer-trial, is for a release that was not tried",
        "--without-proof=' ', need a reason",
        "--without-customer-trial=' ', need a reason",
        "--accel=fast, acceleration: fast",
        "--jobs=0, jobs: 0"
    })
    void aWrongRequestIsRefusedBeforeAnythingIsDone(String option, String words) {
        assertThat(release(option.replace("'", ""))).isEqualTo(2);
        assertThat(bench.err()).contains(words);
        assertThat(bench.releaser.wasAsked()).isFalse();
    }
}
