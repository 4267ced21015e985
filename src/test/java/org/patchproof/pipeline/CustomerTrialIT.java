package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.files.Trees;
import org.patchproof.pipeline.ReleaseOptions.Customer;
import org.patchproof.pipeline.ReleaseOptions.Said;
import org.patchproof.pipeline.ReleaseOptions.Waiver;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.release.Dsse;
import org.patchproof.release.Gpg;
import org.patchproof.release.RefusedException;
import org.patchproof.release.Tampering;
import org.patchproof.testing.ThrowAwayKey;

/**
 * A release that is tried as a customer would, around the fake kernel: real builds, real signatures, real tampered
 * copies, and a machine that is played, in moods of which each ends another step. What else may happen is in {@code CustomerFindingTest}, the real dnf
 * in {@code CustomerGuestIT}.
 */
class CustomerTrialIT {
    @TempDir
    static Path home;

    private static ThrowAwayKey key;
    /** Its builds are kept from one refusal to the next. */
    private static ReleaseBench refusing;

    @TempDir
    Path dir;

    @BeforeAll
    static void bench() throws IOException {
        key = new ThrowAwayKey(home, ReleaseBench.USER);
        Path place = Files.createDirectory(home.resolve("refusing"));
        refusing = new ReleaseBench(place, key).proved("0002-fix.patch");
    }

    /** Each refusal is seen by itself. */
    @BeforeEach
    void nothingWasRefusedBefore() throws IOException {
        Trees.delete(refusing.out.resolveSibling(".release.in-the-making/refused"));
        Trees.delete(home.resolve("refusing/cache/refused"));
    }

    @AfterAll
    static void forget() {
        key.close();
    }

    @Test
    void whatWasTriedIsPublishedAndThePapersSayIt() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch").tried("good");
        ReleaseResult result = bench.release();
        assertThat(result.exitCode()).isEqualTo(ExitCode.HOPED);
        JsonNode trial = new ObjectMapper()
                .readTree(bench.out.resolve("customer/customer.json").toFile());
        assertThat(trial.path("refused").findValuesAsText("kind")).isEqualTo(Tampering.kinds());
        assertThat(trial.path("refused").get(0).path("words").get(0).asText()).contains("GPG check FAILED");
        assertThat(trial.path("by").asText()).isEqualTo("update");
        assertThat(trial.path("starts").findValuesAsText("booted"))
                .containsExactly("1.0.7-3.x86_64", "1.0.7-3.demo.x86_64", "1.0.7-3.x86_64", "1.0.7-3.x86_64");
        assertThat(trial.path("starts").findValuesAsText("buildId")).allMatch(id -> id.matches("[0-9a-f]{40}"));
        for (String console : trial.path("starts").findValuesAsText("console")) {
            assertThat(Files.readString(bench.out.resolve(console))).contains("patchproof: booted");
        }
        assertThat(Files.readString(bench.out.resolve("SHA256SUMS"))).contains("  customer/traffic-console.log");
        for (String paper : new String[] {"RELEASE.md", "index.html"}) {
            assertThat(Files.readString(bench.out.resolve(paper)))
                    .as(paper)
                    .contains("refused 8 repositories that were tampered with", "the unfixed kernel", "customer/");
        }
    }

    @Test
    void aMachineWithABootLoaderIsToldWhatToBoot() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
        Path guest = bench.workspace.guestFile("debian-12");
        Files.writeString(guest, """
                guest: debian-12
                title: An image that boots by itself
                kind: disk
                image: {file: some.qcow2, sha256: %s}
                """.formatted("ab".repeat(32)));
        bench.tried("good", Map.of("boot-loader", "grubby\n"));
        assertThat(bench.release().exitCode()).isEqualTo(ExitCode.HOPED);
        JsonNode trial = new ObjectMapper()
                .readTree(bench.out.resolve("customer/customer.json").toFile());
        assertThat(trial.path("starts").findValuesAsText("what"))
                .containsExactly("update", "traffic", "turn back", "remove", "back");
    }

    @ParameterizedTest
    @CsvSource({
        "took-flipped-byte-in-a-package, tampered with (flipped-byte-in-a-package)",
        "the-update-brings-another-kernel, after the update the released kernel is not installed",
        "another-image-is-installed, is not what the package has",
        "the-released-kernel-panics, the released kernel does not boot",
        "a-fault-under-traffic, the released kernel complains: WARNING in find_exception",
        "the-machine-is-lost, the machine was lost under the released kernel",
        "it-cannot-be-removed, could not remove the released kernel",
        "the-old-kernel-does-not-come-back, after the released one was removed does not boot"
    })
    void whatACustomerMustNotSeeStopsTheRelease(String mood, String words) throws Exception {
        refusing.tried(mood);
        Throwable refused = catchThrowable(refusing::release);
        assertThat(refused)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("tried as a customer would: ")
                .hasMessageContaining(words);
        assertThat(((RefusedException) refused).remedy()).contains("consoles", "--without-customer-trial");
        nothingSignedIsLeft();
    }

    @ParameterizedTest
    @CsvSource("forgets-metadata-changed, the guest tried")
    void ourOwnTroubleSaysNothingOfTheKernel(String mood, String words) throws Exception {
        refusing.tried(mood);
        assertThatThrownBy(refusing::release)
                .isInstanceOf(TroubleException.class)
                .hasMessageContaining("says nothing of the release")
                .hasMessageContaining(words);
        nothingSignedIsLeft();
    }

    private void nothingSignedIsLeft() throws IOException {
        assertThat(refusing.out).doesNotExist();
        Path making = refusing.out.resolveSibling(".release.in-the-making");
        try (var steps = Files.list(making.resolve("steps"))) {
            assertThat(steps.map(step -> step.getFileName().toString()))
                    .contains("first", "unfixed")
                    .noneMatch(step -> step.startsWith("signed"));
        }
        assertThat(making.resolve("logs/customer/install-console.log")).exists();
    }

    @Test
    void whatTheReleasedKernelDidOnceIsNotTriedUntilItPasses() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
        bench.tried("a-fault-under-traffic");
        assertThatThrownBy(bench::release).isInstanceOf(RefusedException.class);
        bench.tried("good");
        customerLimits(bench, "provoke: 2s");
        RefusedException again = catchThrowableOfType(RefusedException.class, bench::release);
        assertThat(again)
                .hasMessageContaining("these packages were refused before: the released kernel complains: WARNING");
        assertThat(bench.machine.starts()).isZero();
        Path consoles = Path.of(again.remedy().replaceFirst("(?s).*consoles in (\\S+)[.] .*", "$1"));
        assertThat(consoles.resolve("traffic-console.log")).content().contains("find_exception");

        Trees.delete(bench.out.resolveSibling(".release.in-the-making"));
        assertThatThrownBy(bench::release)
                .as("as a release of another name, or a job in another folder")
                .hasMessageContaining("these packages were refused before: the released kernel complains: WARNING");

        bench.customer = new Customer(Optional.of(new Waiver("harmless, OPS-97", Said.ONCE)), Optional.empty());
        assertThat(bench.release().exitCode()).isEqualTo(ExitCode.SAYS_NO);
        for (String paper : new String[] {"RELEASE.md", "index.html", "papers/sbom.cdx.json"}) {
            assertThat(Files.readString(bench.out.resolve(paper)))
                    .as(paper)
                    .contains("harmless, OPS-97 (tried before, these packages were refused: ", "find_exception");
        }
    }

    @Test
    void whatTheGuestDidIsTriedAgainWhenThatIsMended() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
        bench.tried("it-cannot-be-removed");
        assertThatThrownBy(bench::release).isInstanceOf(RefusedException.class);
        bench.tried("good");
        assertThatThrownBy(bench::release)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("these packages were refused before");
        customerLimits(bench, "provoke: 2s");
        assertThat(bench.release().exitCode()).isEqualTo(ExitCode.HOPED);
    }

    private static void customerLimits(ReleaseBench bench, String provoke) throws IOException {
        Path bug = bench.workspace.bugFile("demo");
        Files.writeString(bug, Files.readString(bug).replace("provoke: 1s", provoke));
    }

    @Test
    void whatWasTriedIsNotTriedAgainAndIsWhatGoesOut() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
        bench.tried("good");
        CommandRunner tools = bench.runner;
        bench.runner = breaking(tools, "createrepo_c --version");
        assertThatThrownBy(bench::release).hasMessage("broken on purpose");
        int starts = bench.machine.starts();
        assertThat(starts).isEqualTo(5);
        bench.runner = tools;
        assertThat(bench.release().exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(bench.machine.starts()).isEqualTo(starts);
        assertThat(bench.out.resolve("customer/customer.json")).exists();
    }

    private static CommandRunner breaking(CommandRunner real, String words) {
        return new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                if (String.join(" ", command.argv()).equals(words)) {
                    throw new IllegalStateException("broken on purpose");
                }
                return real.run(command, lines);
            }

            @Override
            public RunningCommand start(Command command) {
                return real.start(command);
            }
        };
    }

    @Test
    void withoutTheTrialTheReasonIsInEveryPaperAndTheExitCodeSaysNo() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
        String why = "no machine on the signing host, OPS-98";
        bench.customer = new Customer(Optional.of(new Waiver(why, Said.ONCE)), Optional.empty());
        assertThat(bench.release().exitCode()).isEqualTo(ExitCode.SAYS_NO);
        for (String paper : new String[] {"RELEASE.md", "index.html", "papers/sbom.cdx.json"}) {
            assertThat(Files.readString(bench.out.resolve(paper))).as(paper).contains(why);
        }
        assertThat(Dsse.open(
                                bench.out.resolve("papers/provenance.json"),
                                new Gpg(key.runner(), Optional.empty()),
                                bench.out.resolve("RPM-GPG-KEY"))
                        .findPath("withoutCustomerTrial")
                        .asText())
                .isEqualTo(why);
        assertThat(bench.out.resolve("customer")).doesNotExist();
    }

    @Test
    void aBugThatDoesNotSayHowCustomersUseItIsRefusedBeforeAnythingIsBuilt() throws Exception {
        ReleaseBench bench = new ReleaseBench(dir, key).proved("0002-fix.patch");
        Path bug = bench.workspace.bugFile("demo");
        Files.writeString(bug, Files.readString(bug).replaceFirst("customer: .*", ""));
        bench.customer = Customer.tried();
        assertThatThrownBy(bench::release)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("demo has no section customer:");
        assertThat(dir.resolve(".release.in-the-making")).doesNotExist();
    }
}
