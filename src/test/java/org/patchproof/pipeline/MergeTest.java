package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;
import org.patchproof.verdict.Verdict.Word;

/** Several bundles, one answer: judged from the trials, and only from those that may be compared. */
class MergeTest {
    @TempDir
    Path runs;

    @Test
    void oneBundleIsJudgedAsItWas() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed FIXED");
        assertThat(merge().cells().get(0).variants().get(1).trials())
                .extracting(counted -> counted.trial().number())
                .containsExactly(1, 2, 3);
    }

    @Test
    void whatABundleClaimsIsNotBelieved() throws Exception {
        Verdict claim = new Verdict(Word.FIXED, "trust me", Numbers.NONE, "FIXED: trust me.", Optional.empty());
        bundle("a")
                .cell(
                        "k",
                        control().reproduced(2, 2, 1),
                        candidate("fixed").clean(4).reproduced(1).claims(claim))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed STILL_REPRODUCES");
    }

    @Test
    void trialsOfEqualConditionsAreCountedTogetherAndNumberedThrough() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2), candidate("fixed").clean(3))
                .write();
        bundle("b")
                .cell("k", control().reproduced(1), candidate("fixed").clean(4, 5))
                .write();
        MergedCell cell = merge().cells().get(0);
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed FIXED");
        Numbers numbers = cell.variants().get(1).verdict().numbers();
        assertThat(numbers.control()).isEqualTo(new Numbers.Count(3, 3, 5, 3));
        assertThat(numbers.candidate()).isEqualTo(new Numbers.Count(0, 3, 12, 3));
        assertThat(cell.variants().get(1).trials())
                .extracting(counted ->
                        counted.trial().number() + " " + counted.trial().detail())
                .containsExactly(
                        "1 3 exposures and no symptom [run a, trial 1]",
                        "2 4 exposures and no symptom [run b, trial 1]",
                        "3 5 exposures and no symptom [run b, trial 2]");
    }

    @Test
    void aControlOfOneAgentServesACandidateOfAnother() throws Exception {
        bundle("a").cell("k", control().reproduced(2, 2, 1)).write();
        bundle("b").cell("k", candidate("fixed").clean(4, 4, 4)).write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed FIXED");
    }

    @Test
    void twoRunsThatEachBroughtItsOwnVariantShareTheirControls() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2), candidate("one").clean(4, 4, 4))
                .write();
        bundle("b")
                .cell("k", control().reproduced(1), candidate("two").clean(4, 4, 4))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k one FIXED", "k two FIXED");
    }

    @Test
    void aBundleOfPackagesOnlyIsPassedOver() throws Exception {
        bundle("build-k")
                .state(ShippedBuild.STATE)
                .cell("k", control(), candidate("fixed"))
                .write();
        bundle("a").cell("k", control().reproduced(2, 2, 1)).write();
        assertThat(merge().runs()).extracting(SavedRun::id).containsExactly("a");
        assertThat(verdicts()).containsExactly("k control REPRODUCED");
    }

    static Stream<Arguments> differences() {
        return Stream.of(
                Arguments.of("guest disk", change(maker -> maker.disk("0".repeat(64)))),
                Arguments.of("acceleration: tcg in b, kvm in a", change(maker -> maker.acceleration("tcg"))),
                Arguments.of("processors at once: 2 in b, 4 in a", change(maker -> maker.processors(2))),
                Arguments.of(
                        "source package: 999999999999 in b, 555555555555 in a",
                        change(maker -> maker.source("9".repeat(64)))),
                Arguments.of("compiler: gcc 13.2.0 in b, gcc 12.2.0 in a", change(maker -> maker.compiler("13.2.0"))),
                Arguments.of("lane: quick in b, rpm in a", change(maker -> maker.lane(Lane.QUICK))),
                Arguments.of("kernel spec, patches or the bug's files", change(maker -> maker.key("9".repeat(64)))));
    }

    private static UnaryOperator<BundleMaker> change(UnaryOperator<BundleMaker> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("differences")
    void whatMayNotBeComparedIsNotAndTheReasonIsStated(String words, UnaryOperator<BundleMaker> change)
            throws Exception {
        bundle("a").compiler("12.2.0").cell("k", control().reproduced(2, 2, 1)).write();
        change.apply(bundle("b")).cell("k", candidate("fixed").clean(4, 4, 4)).write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed INCONCLUSIVE");
        MergedVariant fixed = merge().cells().get(1).variants().get(0);
        assertThat(fixed.verdict().reason()).contains("no bundle with these conditions has a control", words);
        assertThat(merge().cells().get(1).notes())
                .singleElement()
                .asString()
                .startsWith("not put together with run a: ")
                .contains(words);
        assertThat(fixed.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    }

    /** A bundle of a variant that did not build, as a scheduler makes it, or of an earlier version. */
    @Test
    void aBundleThatDoesNotSayItsCompilerIsPutWithTheOnlyOneThereIs() throws Exception {
        bundle("a").compiler("12.2.0").cell("k", control().reproduced(2, 2, 1)).write();
        bundle("b")
                .cell("k", candidate("broken").failed(Stages.BUILD, "route.c:7: error"))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k broken BUILD_FAILED");
        assertThat(merge().cells()).hasSize(1);
        assertThat(merge().cells().get(0).conditions().words()).contains("gcc 12.2.0");
    }

    @Test
    void amongTwoCompilersABundleThatDoesNotSayItsOwnStandsAlone() throws Exception {
        bundle("a").compiler("12.2.0").cell("k", control().reproduced(2, 2, 1)).write();
        bundle("b").compiler("13.2.0").cell("k", control().reproduced(2, 2, 1)).write();
        bundle("c").cell("k", candidate("fixed").clean(4, 4, 4)).write();
        assertThat(merge().cells()).hasSize(3);
        assertThat(merge().cells().get(2).notes())
                .containsExactly(
                        "not put together with run a: compiler: unknown in c, gcc 12.2.0 in a",
                        "not put together with run b: compiler: unknown in c, gcc 13.2.0 in b");
    }

    /** As strict as ever, and the verdict says what it is of. */
    @Test
    void quickVerdictsAreVerdictsOfTheirOwn() throws Exception {
        bundle("a")
                .lane(Lane.QUICK)
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        Verdict fixed = merge().cells().get(0).variants().get(1).verdict();
        assertThat(fixed.word()).isEqualTo(Word.FIXED);
        assertThat(fixed.lane()).isEqualTo(Lane.QUICK);
        assertThat(fixed.label()).isEqualTo("FIXED (quick)");
        assertThat(fixed.explanation()).endsWith("not packed and not installed.");
        assertThat(merge().cells().get(0).conditions().words()).anyMatch(words -> words.startsWith("quick lane"));
        Files.writeString(runs.resolve("a/k/fixed/image/vmlinuz"), "another image");
        MergedVariant damaged = merge().cells().get(0).variants().get(1);
        assertThat(damaged.verdict().word()).isEqualTo(Word.INCONCLUSIVE);
        assertThat(damaged.verdict().reason()).contains("k/fixed/image/vmlinuz with the sha256 that was recorded");
    }

    /** Whoever edits a quick bundle into one of the usual lane has no packages to show. */
    @Test
    void anImageIsNoEvidenceWherePackagesAreAskedFor() throws Exception {
        Path bundle = bundle("a")
                .lane(Lane.QUICK)
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        Path record = bundle.resolve(Bundle.RECORD);
        Files.writeString(record, Files.readString(record).replace("\"QUICK\"", "\"RPM\""));
        MergedVariant fixed = merge().cells().get(0).variants().get(1);
        assertThat(fixed.verdict().word()).isEqualTo(Word.INCONCLUSIVE);
        assertThat(fixed.verdict().reason()).contains("the packages");
    }

    @Test
    void aHostWithMoreProcessorsThanTheGuestIsOfTheSameClass() throws Exception {
        bundle("a").processors(4).cell("k", control().reproduced(2, 2, 1)).write();
        bundle("b").processors(64).cell("k", candidate("fixed").clean(4, 4, 4)).write();
        assertThat(merge().cells()).hasSize(1);
    }

    @Test
    void candidatesOfOneNameAndTwoSeriesAreTwoVariants() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        bundle("b")
                .cell(
                        "k",
                        control().reproduced(1),
                        candidate("fixed").patches("second try").reproduced(1))
                .write();
        assertThat(verdicts())
                .hasSize(3)
                .anyMatch(line -> line.matches("k fixed@[0-9a-f]{8} FIXED"))
                .anyMatch(line -> line.matches("k fixed@[0-9a-f]{8} STILL_REPRODUCES"));
    }

    @Test
    void aRunGivenTwiceCountsOnceAsItStandsLast() throws Exception {
        Path old = bundle("a").cell("k", control().reproduced(2)).write();
        Path copies = Files.createDirectories(runs.resolve("copies"));
        BundleMaker.in(copies, "a")
                .started(BundleMaker.EPOCH.plusSeconds(5))
                .cell("k", control().reproduced(2, 2))
                .write();
        assertThat(merge().runs()).hasSize(1);
        assertThat(merge().cells().get(0).variants().get(0).trials()).hasSize(2);
        assertThat(old).isDirectory();
    }

    @Test
    void evidenceThatWasTamperedWithProvesNothing() throws Exception {
        Path bundle = bundle("a")
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        Files.writeString(bundle.resolve("k/fixed/rpms/kernel.rpm"), "another package");
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed INCONCLUSIVE");
        assertThat(merge().cells().get(0).variants().get(1).verdict().reason())
                .contains("k/fixed/rpms/kernel.rpm with the sha256 that was recorded");
    }

    @Test
    void anotherSourceUnderThePatchesIsNotTheSameProof() throws Exception {
        bundle("a").cell("k", control().reproduced(2, 2, 1).base("x")).write();
        bundle("b").cell("k", candidate("fixed").clean(4, 4, 4).base("y")).write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed INCONCLUSIVE");
    }

    @Test
    void aFailureOfTheKernelIsNotOutvotedAndTroubleOfOursIs() throws Exception {
        bundle("a")
                .cell(
                        "k",
                        control().reproduced(2, 2, 1),
                        candidate("broken").clean(4, 4, 4),
                        candidate("lucky").clean(4, 4, 4))
                .write();
        bundle("b")
                .cell(
                        "k",
                        control().reproduced(1),
                        candidate("broken").failed(Stages.BUILD, "route.c:7: error"),
                        candidate("lucky").trouble("the disk was full"))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k broken BUILD_FAILED", "k lucky FIXED");
    }

    @Test
    void whatTheRunLostByItsOwnFaultIsInfrastructure() throws Exception {
        bundle("a")
                .cell(
                        "k",
                        control().reproduced(2),
                        candidate("fixed").lost("no disk").trouble("more than 3 lost"))
                .write();
        MergedVariant fixed = merge().cells().get(0).variants().get(1);
        assertThat(fixed.verdict().word()).isEqualTo(Word.INCONCLUSIVE);
        assertThat(fixed.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(fixed.trials()).extracting(c -> c.trial().outcome()).containsExactly(Trial.Outcome.INFRA);
    }

    @Test
    void whatWasSeenWasSeenWhateverBecameOfOtherTrials() throws Exception {
        bundle("a")
                .cell(
                        "k",
                        control().brokeOff().reproduced(2, 2, 1).trouble("more than 3 trials were lost"),
                        candidate("fixed").clean(4, 4, 4),
                        candidate("hung").clean(4, 4, 4).brokeOff(),
                        candidate("leaky").brokeOff().reproduced(1).trouble("more than 3 trials were lost"))
                .write();
        assertThat(verdicts())
                .containsExactly(
                        "k control REPRODUCED", "k fixed FIXED", "k hung INCONCLUSIVE", "k leaky STILL_REPRODUCES");
        MergedVariant hung = merge().cells().get(0).variants().get(2);
        assertThat(hung.verdict().reason()).contains("trial 4: the job took more than 300 s");
        assertThat(hung.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void faultsOfACandidateThatWasTriedAloneAreComparedByTheirTitles() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2, 1).fault("WARNING in foo"))
                .write();
        bundle("b")
                .cell(
                        "k",
                        candidate("alike").clean(4, 4).cleanWith("WARNING in foo", 4),
                        candidate("worse").clean(4, 4).cleanWith("WARNING in bar", 4))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k alike FIXED", "k worse REGRESSED");
    }

    @Test
    void theStricterConfidenceHolds() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2), candidate("fixed").clean(6))
                .write();
        bundle("b")
                .confidence(0.9999)
                .cell("k", control().reproduced(1), candidate("fixed").clean(6))
                .write();
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed INCONCLUSIVE");
    }

    @Test
    void aBundleOfAnEarlierVersionIsRead() throws Exception {
        Path bundle = bundle("a")
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        ObjectMapper json = new ObjectMapper();
        ObjectNode record =
                (ObjectNode) json.readTree(bundle.resolve("run.json").toFile());
        record.putObject("asked").put("trials", 3).put("confidence", 0.95).put("compilerCache", "USE");
        for (JsonNode trial : record.findValues("trial")) {
            ((ObjectNode) trial).remove("timeline");
        }
        json.writeValue(bundle.resolve("run.json").toFile(), record);
        assertThat(verdicts()).containsExactly("k control REPRODUCED", "k fixed FIXED");
        record.putObject("asked").put("compilerCache", "USE");
        json.writeValue(bundle.resolve("run.json").toFile(), record);
        assertThat(merge().problems()).singleElement().asString().contains("has no stopping rule");
    }

    @Test
    void aDamagedBundleHidesNoOther() throws Exception {
        bundle("a").cell("k", control().reproduced(2, 2, 1)).write();
        Files.writeString(Files.createDirectories(runs.resolve("broken")).resolve("run.json"), "{\"schema\": 1,");
        assertThat(verdicts()).containsExactly("k control REPRODUCED");
        assertThat(merge().problems()).singleElement().asString().contains("broken/run.json:1:");
    }

    @Test
    void bundlesAreFoundSomeLevelsDeepAndLinksAreNotFollowed() throws Exception {
        Path deep = Files.createDirectories(runs.resolve("agent-1/archive/runs"));
        BundleMaker.in(deep, "a").cell("k", control().reproduced(1)).write();
        Files.createSymbolicLink(runs.resolve("loop"), runs);
        assertThat(BundleFinder.find(List.of(runs, deep))).hasSize(1);
        assertThatThrownBy(() -> BundleFinder.find(List.of(runs.resolve("agent-2"))))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("no such directory");
        Path empty = Files.createDirectories(runs.resolve("empty"));
        assertThatThrownBy(() -> BundleFinder.find(List.of(empty))).hasMessageContaining("there is no bundle");
    }

    private BundleMaker bundle(String id) {
        return BundleMaker.in(runs, id);
    }

    private Merge merge() throws Exception {
        return Merge.of(BundleFinder.find(List.of(runs)));
    }

    private List<String> verdicts() throws Exception {
        return merge().cells().stream()
                .flatMap(cell -> cell.variants().stream()
                        .map(variant -> cell.conditions().kernel() + " " + variant.name() + " "
                                + variant.verdict().word()))
                .toList();
    }
}
