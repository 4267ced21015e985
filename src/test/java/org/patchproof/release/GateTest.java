package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.verdict.Standard;

class GateTest {
    private static final PatchDigest PROBE = new PatchDigest("0001-probe.patch", "1".repeat(64));
    private static final PatchDigest FIX = new PatchDigest("0002-fix.patch", "2".repeat(64));
    private static final PatchDigest MORE = new PatchDigest("0003-more.patch", "3".repeat(64));
    private static final GateRequest REQUEST =
            new GateRequest("leak", "k", "fixed", "5".repeat(64), "b1", List.of(FIX), List.of(PROBE), Standard.USUAL);

    /** A proof with something changed. */
    private static final class Made {
        private Proof.Subject of = new Proof.Subject("leak", "k", "fixed");
        private String verdict = "FIXED";
        private String lane = "rpm";
        private Optional<String> source = Optional.of("5".repeat(64));
        private Proof.Built built = new Proof.Built(Optional.of("b1"), "12.2.0");
        private List<PatchDigest> control = List.of(PROBE);
        private List<PatchDigest> candidate = List.of(PROBE, FIX);
        private Standard standard = Standard.USUAL;
        private int showed = 0;
        private List<String> custody = List.of();

        private Proof proof() {
            return new Proof(
                    of,
                    List.of(new Proof.Bundle("run-1", "a".repeat(64))),
                    verdict,
                    "so it was",
                    lane,
                    source,
                    built,
                    control,
                    candidate,
                    standard,
                    custody,
                    new Proof.Counts(3, 3, 5, 3, showed, 12));
        }
    }

    private static Gate.Outcome ask(List<Proof> proofs) {
        return Gate.ask(REQUEST, proofs, List.of());
    }

    @Test
    void whatWasProvedGoesThrough() {
        Gate.Outcome outcome = ask(List.of(new Made().proof()));
        assertThat(outcome.open()).isTrue();
        assertThat(outcome.proof()).isPresent();
    }

    static Stream<Arguments> lacking() {
        return Stream.of(
                row("still there", made -> made.verdict = "STILL_REPRODUCES", "is STILL_REPRODUCES", "Mend the patch"),
                row("inconclusive", made -> made.verdict = "INCONCLUSIVE", "is INCONCLUSIVE", "--max-trials 40"),
                row("quick lane", made -> made.lane = "quick", "in the quick lane", "--lane rpm"),
                row("other source", made -> made.source = Optional.of("6".repeat(64)), "sha256 666", "--srpm"),
                row("unknown source", made -> made.source = Optional.empty(), "that is not known", "--srpm"),
                row(
                        "built otherwise",
                        made -> made.built = new Proof.Built(Optional.of("b2"), ""),
                        "otherwise than the kernel's YAML says",
                        "built so"),
                row(
                        "of an earlier version",
                        made -> made.built = new Proof.Built(Optional.empty(), ""),
                        "does not say how its packages were built",
                        "built so"),
                row("other fix", made -> made.candidate = List.of(PROBE, MORE), "proved is 0003-more.patch", "ship:"),
                row("more fix", made -> made.candidate = List.of(PROBE, FIX, MORE), "0003-more.patch", "ship:"),
                row("fix in control", made -> made.control = List.of(PROBE, FIX), "proved is nothing", "ship:"),
                row(
                        "the control takes out a fix that the source has",
                        made -> made.control = List.of(MORE, PROBE),
                        "the control of run-1 alone has 0003-more.patch",
                        "nothing to release of"),
                row(
                        "both arms have more than the instrumentation",
                        made -> {
                            made.control = List.of(MORE, PROBE);
                            made.candidate = List.of(MORE, PROBE, FIX);
                        },
                        "together with 0003-more.patch",
                        "what is to be shipped"),
                row(
                        "less sure",
                        made -> made.standard = new Standard(0.9, 0.1),
                        "confidence of 0.9",
                        "--confidence 0.95"),
                row(
                        "half a fix not ruled out",
                        made -> made.standard = new Standard(0.95, 0.5),
                        "a leak of 0.5",
                        "Prove it as sure"),
                row("custody", made -> made.custody = List.of("the packages"), "missing: the packages", "Restore"));
    }

    private static Arguments row(String name, Consumer<Made> change, String what, String remedy) {
        return Arguments.of(name, change, what, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lacking")
    void whatIsMissingIsNamedWithTheCommandThatSuppliesIt(
            String name, Consumer<Made> change, String what, String remedy) {
        Made made = new Made();
        change.accept(made);
        Gate.Outcome outcome = ask(List.of(made.proof()));
        assertThat(outcome.open()).isFalse();
        assertThat(outcome.refusals()).hasSize(1);
        assertThat(outcome.refusals().get(0).what()).contains("run-1", what);
        assertThat(outcome.refusals().get(0).remedy())
                .contains(remedy)
                .contains("./patchproof verify leak --kernel k --variant fixed --confidence 0.95");
    }

    @Test
    void whatAnotherCompilerMakesIsAnotherKernel() {
        Gate.Outcome open = ask(List.of(new Made().proof()));
        assertThat(Gate.compiler(REQUEST, open, "12.2.0").open()).isTrue();
        assertThat(Gate.compiler(REQUEST, open, "13.1.0").refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.what()).contains("gcc 12.2.0 had built", "has gcc 13.1.0"));
        Made unknown = new Made();
        unknown.built = new Proof.Built(Optional.of("b1"), "");
        assertThat(Gate.compiler(REQUEST, ask(List.of(unknown.proof())), "13.1.0")
                        .open())
                .as("the digest says what root was asked for")
                .isTrue();
    }

    @Test
    void withoutAnyBundleTheCommandThatMakesOne() {
        Gate.Outcome outcome = ask(List.of());
        assertThat(outcome.proof()).isEmpty();
        assertThat(outcome.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.remedy()).contains("./patchproof verify leak"));
    }

    @Test
    void oneGoodProofIsEnoughAndTheNearestIsTold() {
        Made bad = new Made();
        bad.verdict = "INCONCLUSIVE";
        bad.standard = new Standard(0.5, 0.1);
        Made nearer = new Made();
        nearer.standard = new Standard(0.9, 0.1);
        assertThat(ask(List.of(bad.proof(), new Made().proof())).open()).isTrue();
        assertThat(ask(List.of(bad.proof(), nearer.proof())).refusals()).hasSize(1);
    }

    @Test
    void anotherBundleThatSaysNoOfTheSameFixOutweighsAGoodOne() {
        for (String no : List.of("STILL_REPRODUCES", "REGRESSED")) {
            Made against = new Made();
            against.verdict = no;
            against.standard = new Standard(0.5, 1);
            Gate.Outcome outcome = ask(List.of(against.proof(), new Made().proof()));
            assertThat(outcome.refusals())
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.what()).contains("the same fix in the same source " + no));

            against.candidate = List.of(PROBE, MORE);
            assertThat(ask(List.of(against.proof(), new Made().proof())).open())
                    .as("another fix")
                    .isTrue();
        }
    }

    static Stream<Arguments> against() {
        return Stream.of(
                Arguments.of("another variant", change(made -> made.of = new Proof.Subject("leak", "k", "only"))),
                Arguments.of("another kernel", change(made -> made.of = new Proof.Subject("leak", "k2", "fixed"))),
                Arguments.of("harm seen by another bug", change(made -> {
                    made.of = new Proof.Subject("other", "k", "fixed");
                    made.verdict = "REGRESSED";
                })),
                Arguments.of("no control", change(made -> made.control = List.of())),
                Arguments.of("its files are damaged by now", change(made -> {
                    made.verdict = "INCONCLUSIVE";
                    made.showed = 1;
                })));
    }

    private static Consumer<Made> change(Consumer<Made> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("against")
    void whatSaysNoOfTheSameFixCountsUnderAnyName(String name, Consumer<Made> change) {
        Made no = new Made();
        no.verdict = "STILL_REPRODUCES";
        change.accept(no);
        assertThat(ask(List.of(new Made().proof(), no.proof())).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.what()).contains("the same fix in the same source"));
    }

    @Test
    void thatAnotherBugIsStillThereSaysNothing() {
        Made other = new Made();
        other.of = new Proof.Subject("other", "k", "fixed");
        other.verdict = "STILL_REPRODUCES";
        other.showed = 3;
        assertThat(ask(List.of(new Made().proof(), other.proof())).open()).isTrue();
    }

    @Test
    void aProofOfAnotherNameSupportsNothing() {
        Made other = new Made();
        other.of = new Proof.Subject("leak", "k2", "fixed");
        assertThat(ask(List.of(other.proof())).proof()).isEmpty();
        assertThat(ask(List.of(other.proof())).open()).isFalse();
    }

    @Test
    void whatCannotBeReadMaySayNo() {
        assertThat(Gate.ask(REQUEST, List.of(new Made().proof()), List.of("/runs/a/run.json is damaged"))
                        .refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.what()).isEqualTo("/runs/a/run.json is damaged");
                    assertThat(refusal.remedy()).contains("--proof DIR");
                });
    }
}
