package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.SrpmOverride;
import org.patchproof.plan.Workspace;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.Caches;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Verdict.Word;

/** The whole story around the fake kernel: real rpmbuild, real guest, real dnf; only the boot must fail. */
class FakeKernelJobIT {
    @TempDir
    Path dir;

    private Workspace workspace;
    private Path cache;
    private final Heard heard = new Heard();

    @BeforeEach
    void workspace() throws Exception {
        workspace = FakeWorkspace.make(dir.resolve("ws"));
        cache = Caches.own(dir);
    }

    @Test
    void eachVariantEndsWhereItsOwnFaultEndsItAndAResumedRunBuildsNothingAgain() throws Exception {
        VerifyResult result = new Verification().verify(request(), heard);

        assertThat(result.variants())
                .extracting(
                        variant -> variant.variant() + " " + variant.verdict().word())
                .containsExactlyInAnyOrder(
                        "control " + Word.BOOT_FAILED,
                        "fixed " + Word.BOOT_FAILED,
                        "rejected " + Word.PATCH_REJECTED,
                        "broken " + Word.BUILD_FAILED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.SAYS_NO);
        assertThat(reason(result, "rejected")).contains("+\tr->key = -1;");
        assertThat(reason(result, "broken")).contains("net/ipv4/route.c:", "kye");
        assertThat(result.bundle().resolve("work")).doesNotExist();
        assertThat(Files.readString(result.bundle().resolve("fake-1.0/fixed/kernel.spec.diff")))
                .contains("+ApplyPatch 0002-fix.patch");
        assertThat(Files.readAllLines(result.bundle().resolve("commands.jsonl")))
                .anyMatch(line -> line.contains("\"rpmbuild\",\"-bp\""))
                .anyMatch(line -> line.contains("\"rpmbuild\",\"-bb\",\"--noprep\""))
                .anyMatch(line -> line.contains("qemu-system-x86_64"));

        ReportResult report = Reporting.report(
                new ReportRequest(List.of(dir.resolve("runs")), dir.resolve("report"), Optional.empty()));
        assertThat(report.exitCode()).isEqualTo(result.exitCode());
        assertThat(report.findings().variants())
                .as("judged anew from the bundle, as the run judged")
                .extracting(variant -> variant.name() + " " + variant.verdict())
                .containsExactlyInAnyOrderElementsOf(result.variants().stream()
                        .map(variant -> variant.variant() + " " + variant.verdict())
                        .toList());
        assertThat(Files.readString(dir.resolve("report/index.html")))
                .contains("+ApplyPatch 0002-fix.patch")
                .doesNotContain("No bundle holds its text");

        heard.notes().clear();
        VerifyResult again = new Verification().verify(request().withResume(result.bundle()), heard);
        assertThat(again.bundle()).isEqualTo(result.bundle());
        assertThat(heard.notes())
                .contains("fake-1.0/control: built by the earlier run", "fake-1.0/fixed: built by the earlier run");
    }

    @Test
    void aHostWithRoomForBothInstallsTheFirstVariantWhileTheNextIsBuilt() throws Exception {
        VerifyResult result = new Verification(new LeashedRunner(), FakeHost.withProcessors(8))
                .verify(request().withJobs(4), heard);

        assertThat(result.exitCode()).isEqualTo(ExitCode.SAYS_NO);
        assertThat(heard.notes()).contains("builds go on beside trials, with 4 of 8 processors: the guest has its own");
        assertThat(heard.steps().indexOf("begun control INSTALL"))
                .isBetween(
                        heard.steps().indexOf("ended control BUILD"),
                        heard.steps().indexOf("ended fixed BUILD"));
    }

    @Test
    void whatIsWrongWithTheRequestIsSaidBeforeAnythingIsWritten() throws Exception {
        refused(request("no-such-kernel"), "no-such-kernel");
        Path srpm = dir.resolve("ws/srpms/kernel-1.0.7-3.src.rpm");
        refused(
                request()
                        .withPlan(PlanRequest.of("demo")
                                .withOverrides(Map.of(
                                        "fake-1.0", new SrpmOverride(srpm.toString(), Optional.of("0".repeat(64)))))),
                "has sha256");
        Path guest = dir.resolve("ws/specs/guests/debian-12.yaml");
        String debootstrap = Files.readString(guest);
        Files.writeString(guest, """
                guest: debian-12
                title: An image to bring
                kind: disk
                image: {file: nowhere.qcow2, sha256: %s}
                """.formatted("0".repeat(64)));
        refused(request(), "needs a disk image that is not here");
        refused(request().withLane(Lane.QUICK), "guest debian-12 boots by itself");
        Files.writeString(guest, debootstrap);
        try (var channel = Files.newByteChannel(srpm, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(srpm) / 2);
        }
        refused(request(), "kernel-1.0.7-3.src.rpm");
        Files.delete(srpm);
        refused(request(), "needs kernel-1.0.7-3.src.rpm");
    }

    @Test
    void aDiskWithTooLittleRoomIsSaidWithTheNumber() throws Exception {
        Path yaml = dir.resolve("ws/specs/kernels/fake-1.0.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("disk: 16M", "disk: 60T"));
        refused(request(), "a build needs 61440.0 GiB");
    }

    private void refused(VerifyRequest request, String words) throws Exception {
        assertThatThrownBy(() -> new Verification().verify(request, heard))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(words);
        assertThat(dir.resolve("runs")).satisfiesAnyOf(runs -> assertThat(runs).doesNotExist(), runs -> {
            try (Stream<Path> left = Files.list(runs)) {
                assertThat(left).isEmpty();
            }
        });
    }

    private VerifyRequest request(String... kernels) {
        return VerifyRequest.of(workspace, "demo")
                .withPlan(PlanRequest.of("demo").withKernels(List.of(kernels)))
                .withTrials(1)
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(cache)
                .withAcceleration("tcg");
    }

    private static String reason(VerifyResult result, String name) {
        return result.variants().stream()
                .filter(variant -> variant.variant().equals(name))
                .map(variant ->
                        variant.verdict().reason() + "\n" + variant.verdict().explanation())
                .findFirst()
                .orElseThrow();
    }
}
