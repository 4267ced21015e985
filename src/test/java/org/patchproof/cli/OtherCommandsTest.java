package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {
    private static final String FIX = CommandBench.WORKSPACE + "/patches/demo/fake-1.0/0002-fix.patch";

    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench();

    @Test
    void planShowsCellsAndPatches() {
        assertThat(bench.run("plan", "demo", "-C", CommandBench.WORKSPACE)).isZero();
        assertThat(bench.out())
                .contains(
                        "demo: A bug for show",
                        "control (control)",
                        "fixed (candidate): The fix",
                        "    patches/demo/fake-1.0/0002-fix.patch");
        assertThat(bench.err()).isEmpty();
    }

    @Test
    void planAsJsonHasACommandForEachCell() throws IOException {
        assertThat(bench.run("plan", "demo", "--json", "--kernel", "fake-1.0", "-C", CommandBench.WORKSPACE))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/cells").size()).isEqualTo(1);
        assertThat(json.at("/cells/0/variants/0/role").asText()).isEqualTo("control");
        assertThat(json.at("/cells/0/digest").asText()).matches("[0-9a-f]{64}");
        assertThat(json.at("/cells/0/command").toString())
                .isEqualTo("[\"patchproof\",\"verify\",\"demo\",\"--kernel\",\"fake-1.0\"]");
        assertThat(json.at("/cells/0/source").asText()).isEqualTo("debian");
        assertThat(json.at("/cells/0/build").toString())
                .isEqualTo("[\"patchproof\",\"build\",\"demo\",\"--kernel\",\"fake-1.0\"]");
        assertThat(json.at("/cells/0/variants/1/command").toString())
                .isEqualTo("[\"patchproof\",\"verify\",\"demo\",\"--kernel\",\"fake-1.0\","
                        + "\"--variant\",\"fixed\",\"--trials-only\"]");
    }

    @Test
    void planNamesTheNearestBug() {
        assertThat(bench.run("plan", "dmo", "-C", CommandBench.WORKSPACE)).isEqualTo(2);
        assertThat(bench.err()).contains("there is no bug \"dmo\"", "Did you mean \"demo\"");
    }

    @Test
    void doctorListsWhatLacksAndHowToMendIt() {
        assertThat(bench.run("doctor")).isEqualTo(4);
        assertThat(bench.out())
                .contains("MISSING  rpmbuild", "Install rpm (Debian) or rpm-build (Fedora)", "Packages: ");
    }

    @Test
    void doctorAsJson() throws IOException {
        assertThat(bench.run("doctor", "--json")).isEqualTo(4);
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/ready").asBoolean(true)).isFalse();
        assertThat(json.at("/checks/1/name").asText()).isEqualTo("rpmbuild");
        assertThat(json.at("/checks/1/state").asText()).isEqualTo("MISSING");
        assertThat(json.at("/checks/1/packages/DEBIAN").asText()).isEqualTo("rpm");
    }

    @Test
    void doctorInstallsAndLooksAgain() {
        bench.runner
                .answer("id -u", 0, "0")
                .answer("apt-get", 0, "Setting up rpm")
                .onInstall(() -> bench.runner.answer("rpmbuild --version", 0, "RPM version 4.18.0"));
        bench.run("doctor", "--install");
        boolean debian = bench.err().contains("Setting up rpm");
        if (Files.exists(Path.of("/usr/bin/dpkg"))) {
            assertThat(debian).isTrue();
            assertThat(bench.out()).contains("ok       rpmbuild            4.18.0");
        } else {
            assertThat(bench.err()).contains("on Debian and Ubuntu only");
        }
    }

    @Test
    void unpackRefusesWhatIsNoSourcePackage() throws IOException {
        Path file = Files.writeString(folder.resolve("x.src.rpm"), "not an rpm");
        assertThat(bench.run(
                        "unpack", file.toString(), "-C", folder.resolve("t").toString()))
                .isEqualTo(2);
        assertThat(bench.err()).contains("x.src.rpm").doesNotContain("\tat ");
        assertThat(folder.resolve("t")).doesNotExist();
    }

    @Test
    void unpackRefusesAFolderThatIsThereAndAFileThatIsNot() {
        assertThat(bench.run(
                        "unpack", "/nonexistent.rpm", "-C", folder.resolve("t").toString()))
                .isEqualTo(2);
        assertThat(bench.err()).contains("/nonexistent.rpm: no such file");
        assertThat(bench.run("unpack", FIX, "-C", folder.toString())).isEqualTo(2);
        assertThat(bench.err()).contains("is there already");
    }

    private static final String SPEC = """
            Name: kernel
            Version: 1.0
            Release: 1%{?dist}
            Summary: For show
            License: GPLv2
            Source0: kernel-1.0.tar.gz
            Patch1: first.patch

            %description
            For show.

            %prep
            %setup -q
            %patch1 -p1

            %build
            %files
            """;

    @Test
    void injectPrintsTheSpecAndNothingElse() throws IOException {
        Path spec = Files.writeString(folder.resolve("kernel.spec"), SPEC);
        assertThat(bench.run("inject", spec.toString(), FIX)).isZero();
        assertThat(bench.out()).startsWith("Name: kernel\n").contains("0002-fix.patch", "%patch");
        assertThat(spec).hasContent(SPEC);
    }

    @Test
    void injectInPlaceTwiceChangesItOnce() throws IOException {
        Path spec = Files.writeString(folder.resolve("kernel.spec"), SPEC);
        String name = spec.toString();
        assertThat(bench.run("inject", name, FIX, "-o", name, "--suffix", ".refleak", "--explain"))
                .isZero();
        byte[] once = Files.readAllBytes(spec);
        assertThat(new String(once, StandardCharsets.UTF_8)).contains("0002-fix.patch");
        assertThat(bench.err()).contains("dialect: ", "0002-fix.patch");
        assertThat(bench.run("inject", name, FIX, "-o", name, "--suffix", ".refleak"))
                .isZero();
        assertThat(Files.readAllBytes(spec)).isEqualTo(once);
        assertThat(bench.err()).contains("in this spec already");
        assertThat(bench.out()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void injectAsADiff() throws IOException {
        Path spec = Files.writeString(folder.resolve("kernel.spec"), SPEC);
        assertThat(bench.run("inject", spec.toString(), FIX, "--diff")).isZero();
        assertThat(bench.out())
                .startsWith("--- a/kernel.spec\n+++ b/kernel.spec\n@@")
                .contains("+Patch");
    }

    @Test
    void injectRefusesAndSaysWhatItSaw() throws IOException {
        Path spec = Files.writeString(folder.resolve("kernel.spec"), "Name: kernel\nVersion: 1\n");
        assertThat(bench.run("inject", spec.toString(), FIX)).isEqualTo(2);
        assertThat(bench.err()).contains("refused: ");
        assertThat(bench.out()).isEmpty();
    }

    @Test
    void injectRefusesBadPatchesAndSuffixes() throws IOException {
        Path spec = Files.writeString(folder.resolve("kernel.spec"), SPEC);
        Path bad = Files.writeString(folder.resolve("bad.patch"), "no patch at all\n");
        assertThat(bench.run("inject", spec.toString(), bad.toString())).isEqualTo(2);
        assertThat(bench.err()).contains("bad.patch:");
        assertThat(bench.run("inject", spec.toString(), FIX, FIX)).isEqualTo(2);
        assertThat(bench.err()).contains("two patches named 0002-fix.patch");
        assertThat(bench.run("inject", spec.toString(), FIX, "--suffix", "-x")).isEqualTo(2);
        assertThat(bench.err()).contains("release suffix '-x'");
        assertThat(bench.run("inject", spec.toString())).isEqualTo(2);
    }
}
