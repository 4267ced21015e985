package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.report.Findings;

/** Bundles on a disk -> a report on a disk, and an exit code. */
class ReportingTest {
    @TempDir
    Path dir;

    @Test
    void allFormatsAreWrittenWholeAndTheExitCodeIsTheVerdicts() throws Exception {
        bundle("a")
                .cell(
                        "linux-6.1",
                        control().reproduced(2, 2, 1),
                        candidate("fixed").clean(4, 4, 4))
                .write();
        ReportResult result = report(Optional.empty());
        assertThat(result.exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(result.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("index.html", "junit.xml", "kcidb.json", "summary.md");
        try (Stream<Path> files = Files.list(dir.resolve("out"))) {
            assertThat(files).as("nothing half written is left").hasSize(4);
        }
        assertThat(Files.readString(dir.resolve("out/index.html")))
                .contains("linux-6.1", "FIXED", "fnhe-&gt;fnhe_daddr", "../runs/a/linux-6.1/fixed/console-1.log")
                .contains("Patch1: x", "reuse fnhe");
    }

    @Test
    void theExitCodeIsTheWorst() throws Exception {
        bundle("a")
                .cell(
                        "k",
                        control().reproduced(2, 2, 1),
                        candidate("fixed").clean(4, 4, 4),
                        candidate("bad").reproduced(1))
                .write();
        assertThat(report(Optional.empty()).exitCode()).isEqualTo(ExitCode.SAYS_NO);
        bundle("a")
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(1))
                .write();
        assertThat(report(Optional.empty()).exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void whatWasToBeTriedAndIsInNoBundleIsAnError() throws Exception {
        bundle("a")
                .cell("k", control().reproduced(2, 2, 1), candidate("fixed").clean(4, 4, 4))
                .write();
        Path plan = Files.writeString(dir.resolve("plan.json"), """
                {"bug": "netdev-leak", "cells": [
                  {"kernel": "k", "variants": [
                    {"name": "control", "role": "control"}, {"name": "fixed", "role": "candidate"},
                    {"name": "other", "role": "candidate"}]},
                  {"kernel": "el7", "variants": [{"name": "control", "role": "control"}]}]}
                """);
        ReportResult result = report(Optional.of(plan));
        assertThat(result.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(result.findings().cells())
                .flatExtracting(cell -> cell.variants().stream()
                        .map(variant -> cell.kernel() + " " + variant.name() + " "
                                + variant.outcome().hope())
                        .toList())
                .containsExactly("k control HOPED", "k fixed HOPED", "k other TROUBLE", "el7 control TROUBLE");
    }

    @Test
    void aPlanThatIsNoneIsRefused() throws Exception {
        bundle("a").cell("k", control().reproduced(1)).write();
        Path plan = Files.writeString(dir.resolve("plan.json"), "{\"cells\": [\n  oops");
        assertThatThrownBy(() -> report(Optional.of(plan)))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("plan.json:2:");
        Files.writeString(plan, "{}");
        assertThatThrownBy(() -> report(Optional.of(plan))).hasMessageContaining("names no bug with cells");
        assertThat(dir.resolve("out")).doesNotExist();
    }

    @Test
    void aDamagedBundleMakesTheReportOneWithTrouble() throws Exception {
        bundle("a").cell("k", control().reproduced(2, 2, 1)).write();
        Files.writeString(Files.createDirectories(dir.resolve("runs/broken")).resolve("run.json"), "{");
        ReportResult result = report(Optional.empty());
        assertThat(result.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(result.findings().problems()).hasSize(1);
    }

    @Test
    void onlyDamagedBundlesAreAWrongRequest() throws Exception {
        Files.writeString(Files.createDirectories(dir.resolve("runs/broken")).resolve("run.json"), "{");
        assertThatThrownBy(() -> report(Optional.empty()))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("broken/run.json");
    }

    @Test
    void theLinesThatCountAreMarkedAmongThoseAroundThem() throws Exception {
        bundle("a").cell("k", control().reproduced(1)).write();
        Findings findings = report(Optional.empty()).findings();
        Findings.Trial trial =
                findings.variants().findFirst().orElseThrow().trials().get(0);
        assertThat(trial.excerpt())
                .extracting(line ->
                        line.number() + " " + line.weight() + " " + line.text().substring(15))
                .containsExactly(
                        "1 COUNTS patchproof: begin",
                        "2 AROUND XXX pid: 86, ip_del_fnhe: dev, fnhe:00000000a0, daddr: 0",
                        "3 COUNTS XXX pid: 86, reuse fnhe :00000000a0",
                        "4 COUNTS patchproof: teardown-done",
                        "5 COUNTS unregister_netdevice: waiting for cli-veth to become free");
        assertThat(trial.moments())
                .extracting(moment -> moment.kind() + " " + moment.at().toSeconds())
                .containsExactly("BEGIN 0", "EXPOSURE 13", "TEARDOWN 42", "SYMPTOM 52");
    }

    @Test
    void ofABundleWithoutTimelinesTheSymptomsLineIsShown() throws Exception {
        Path bundle = bundle("a").cell("k", control().reproduced(1)).write();
        ObjectMapper json = new ObjectMapper();
        ObjectNode record =
                (ObjectNode) json.readTree(bundle.resolve("run.json").toFile());
        ObjectNode old = (ObjectNode) record.findValue("trial");
        old.remove("timeline");
        old.put("symptomAt", "k/control/console-1.log:5");
        json.writeValue(bundle.resolve("run.json").toFile(), record);
        Findings.Trial trial = report(Optional.empty())
                .findings()
                .variants()
                .findFirst()
                .orElseThrow()
                .trials()
                .get(0);
        assertThat(trial.excerpt())
                .extracting(line -> line.number() + " " + line.weight())
                .containsExactly("4 AROUND", "5 COUNTS");
        assertThat(Files.readString(dir.resolve("out/index.html"))).contains("No picture: the bundle does not say");
    }

    @Test
    void aPatchThatIsNotTheOneOfTheRecordIsNotShown() throws Exception {
        Path bundle = bundle("a").cell("k", control().reproduced(1)).write();
        Files.writeString(bundle.resolve("k/control/patches/0001.patch"), "something else");
        assertThat(report(Optional.empty()).findings().patches().values()).containsExactly(Optional.empty());
    }

    @Test
    void nothingOutsideOfABundleIsRead() throws Exception {
        Path secret = Files.writeString(dir.resolve("secret"), "secret");
        Path bundle = bundle("a").cell("k", control().reproduced(1)).write();
        Files.delete(bundle.resolve("k/control/console-1.log"));
        Files.createSymbolicLink(bundle.resolve("k/control/console-1.log"), secret);
        assertThat(BundleFiles.find(bundle, "k/control/console-1.log")).isEmpty();
        assertThat(BundleFiles.text(bundle, "../../secret")).isEmpty();
        assertThat(BundleFiles.text(bundle, "bad\0name")).isEmpty();
        assertThat(report(Optional.empty())
                        .findings()
                        .variants()
                        .findFirst()
                        .orElseThrow()
                        .trials()
                        .get(0)
                        .excerpt())
                .isEmpty();
    }

    private BundleMaker bundle(String id) {
        return BundleMaker.in(dir.resolve("runs"), id);
    }

    private ReportResult report(Optional<Path> plan) {
        return Reporting.report(new ReportRequest(List.of(dir.resolve("runs")), dir.resolve("out"), plan));
    }
}
