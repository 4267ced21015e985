package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.release.Dsse;
import org.patchproof.release.Gpg;
import org.patchproof.release.ReleasedPackage;
import org.patchproof.testing.StubKernel;
import org.patchproof.testing.ThrowAwayKey;

/** The whole way to a release, around the fake kernel: real rpmbuild, gpg, rpmsign, createrepo_c. */
class ReleasingIT {
    @TempDir
    static Path home;

    private static ThrowAwayKey key;

    @TempDir
    Path dir;

    private ReleaseBench bench;

    @BeforeAll
    static void key() throws IOException {
        key = new ThrowAwayKey(home, ReleaseBench.USER);
    }

    @AfterAll
    static void forget() {
        key.close();
    }

    @BeforeEach
    void bench() throws IOException {
        bench = new ReleaseBench(dir, key);
    }

    @Test
    void aProvedFixIsBuiltAloneSignedIndexedAndTold() throws Exception {
        ReleaseResult result = bench.proved("0002-fix.patch").release();

        assertThat(result.exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(result.directory()).isEqualTo(bench.out).isDirectory();
        assertThat(files(bench.out.resolve("repo")))
                .containsExactly("kernel-1.0.7-3.demo.src.rpm", "kernel-1.0.7-3.demo.x86_64.rpm", "repodata");
        assertThat(files(dir)).noneMatch(name -> name.contains("in-the-making"));
        assertThat(result.differences()).isEmpty();
        assertThat(result.versions())
                .anyMatch(row -> row.startsWith("1.0.7-3 < 1.0.7-3.demo "))
                .anyMatch(row -> row.startsWith("1.0.7-3.demo < 1.0.7-4 "))
                .noneMatch(row -> row.contains("WRONG"));
        signedByOurKeyAlone(result.packages());
        changelogAndPatchesAreInThePackages();
        sumsAreRightAndSigned();
        repositoryChecksEverything();
        papersSayIt(result.packages());
        nothingKnowsThePassphrase();
    }

    @Test
    void aThirdPartyMakesTheSameAgainAndSeesWhatWasTamperedWith() throws Exception {
        bench.proved("0002-fix.patch").release();
        Path provenance = bench.out.resolve("papers/provenance.json");
        Rebuilding rebuilding = new Rebuilding(new org.patchproof.process.LeashedRunner());
        RebuildResult result = rebuilding.rebuild(bench.rebuild(java.util.Optional.empty()), ProgressListener.SILENT);
        assertThat(result.differences()).isEmpty();
        assertThat(result.equal()).containsExactly("kernel-1.0.7-3.demo.x86_64.rpm");
        assertThat(result.exitCode()).isEqualTo(ExitCode.HOPED);

        String text = Files.readString(provenance);
        int at = text.indexOf("\"payload\" : \"") + 40;
        Files.writeString(
                provenance, text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1));
        refused(rebuilding, "is not signed by the key");
        Files.writeString(provenance, text);
        Path rpm = bench.out.resolve("repo/kernel-1.0.7-3.demo.x86_64.rpm");
        byte[] bytes = Files.readAllBytes(rpm);
        bytes[bytes.length - 9] ^= 1;
        Files.write(rpm, bytes);
        refused(rebuilding, "is not the package that the provenance names");
    }

    private void refused(Rebuilding rebuilding, String words) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> rebuilding.rebuild(bench.rebuild(java.util.Optional.empty()), ProgressListener.SILENT))
                .isInstanceOf(org.patchproof.release.RefusedException.class)
                .hasMessageContaining(words);
    }

    private void signedByOurKeyAlone(List<ReleasedPackage> packages) throws Exception {
        Path keyring = Files.createDirectory(dir.resolve("keyring"));
        Path publicKey = bench.out.resolve("RPM-GPG-KEY");
        assertThat(Files.readString(publicKey)).contains("PUBLIC KEY").doesNotContain("PRIVATE");
        rpmkeys(keyring, "--import", publicKey);
        for (ReleasedPackage one : packages) {
            Path rpm = bench.out.resolve("repo").resolve(one.file());
            assertThat(rpmkeys(keyring, "-Kv", rpm)).contains("Signature, key ID", ": OK");
            assertThat(FileDigest.sha256(rpm)).isEqualTo(one.sha256()).isNotEqualTo(one.unsignedSha256());
        }
    }

    private static String rpmkeys(Path keyring, String... arguments) {
        Stream<String> head = Stream.of("rpmkeys", "--dbpath", keyring.toString());
        return StubKernel.run(
                        Command.of(Stream.concat(head, Arrays.stream(arguments)).toList()))
                .orThrow()
                .output();
    }

    private static String rpmkeys(Path keyring, String what, Path file) {
        return rpmkeys(keyring, what, file.toString());
    }

    private void changelogAndPatchesAreInThePackages() {
        String changelog = rpm("--changelog", "kernel-1.0.7-3.demo.x86_64.rpm");
        assertThat(changelog.lines().findFirst().orElseThrow()).contains("Mon Nov 23 2026", ReleaseBench.USER);
        assertThat(changelog).contains("Nothing is wrong here (upstream ee60ad219f5c) [OPS-4711]");
        assertThat(rpm("-l", "kernel-1.0.7-3.demo.src.rpm"))
                .contains("0002-fix.patch")
                .doesNotContain("instrumentation");
    }

    private String rpm(String question, String file) {
        return StubKernel.run(Command.of(
                        "rpm",
                        "-qp",
                        "--nosignature",
                        question,
                        bench.out.resolve("repo").resolve(file).toString()))
                .orThrow()
                .output();
    }

    private void sumsAreRightAndSigned() throws Exception {
        StubKernel.run(Command.of("sha256sum", "--quiet", "-c", "SHA256SUMS").in(bench.out))
                .orThrow();
        assertThat(verified(bench.out.resolve("SHA256SUMS"))).isTrue();
        List<String> listed = Files.readAllLines(bench.out.resolve("SHA256SUMS"));
        try (Stream<Path> all = Files.walk(bench.out)) {
            assertThat(all.filter(Files::isRegularFile)
                            .filter(file -> !file.getFileName().toString().startsWith("SHA256SUMS")))
                    .allMatch(
                            file -> listed.stream().anyMatch(line -> line.endsWith("  " + bench.out.relativize(file))));
        }
    }

    private boolean verified(Path file) throws IOException {
        Gpg gpg = new Gpg(bench.key.runner(), java.util.Optional.empty());
        Path key = bench.out.resolve("RPM-GPG-KEY");
        return gpg.verify(file, file.resolveSibling(file.getFileName() + ".asc"), key, gpg.read(key));
    }

    private void repositoryChecksEverything() throws Exception {
        assertThat(verified(bench.out.resolve("repo/repodata/repomd.xml"))).isTrue();
        assertThat(Files.readString(bench.out.resolve("patchproof-demo-fake-1.0.repo")))
                .contains("gpgcheck=1", "repo_gpgcheck=1", "baseurl=file://" + bench.out + "/repo");
    }

    private void papersSayIt(List<ReleasedPackage> packages) throws Exception {
        Path papers = bench.out.resolve("papers");
        JsonNode statement = Dsse.open(
                papers.resolve("provenance.json"),
                new Gpg(bench.key.runner(), java.util.Optional.empty()),
                bench.out.resolve("RPM-GPG-KEY"));
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(statement.path("subject").findValuesAsText("sha256"))
                .containsExactlyElementsOf(
                        packages.stream().map(ReleasedPackage::sha256).toList());
        assertThat(statement.findPath("resolvedDependencies").findValuesAsText("sha256"))
                .contains(FileDigest.sha256(bench.srpm()));
        assertThat(statement.findPath("resolvedDependencies").findValuesAsText("uri"))
                .anyMatch(uri -> uri.startsWith("pkg:deb/debian/gcc@") || uri.startsWith("pkg:rpm/gcc@"));
        byte[] sbom = Files.readAllBytes(papers.resolve("sbom.cdx.json"));
        assertThat(new JsonParser().validate(sbom, Version.VERSION_16)).isEmpty();
        assertThat(new JsonParser().parse(sbom).getComponents())
                .extracting(component -> component.getName())
                .contains("kernel-1.0.7-3.src.rpm", "0002-fix.patch", "kernel-1.0.7-3.demo.src.rpm", "gcc");
        assertThat(Files.readString(papers.resolve("evidence/index.html"))).contains("FIXED");
        assertThat(Files.readString(bench.out.resolve("RELEASE.md")))
                .contains("FIXED: without the fix 3 of 3 trials showed the bug (5 exposures)")
                .contains("yum install kernel-1.0.7-3.demo.x86_64", "yum remove kernel-1.0.7-3.demo.x86_64")
                .contains(bench.key.fingerprint())
                .doesNotContain("Released without proof");
    }

    private void nothingKnowsThePassphrase() throws Exception {
        try (Stream<Path> all = Files.walk(dir)) {
            assertThat(all.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(bench.key.home()))
                            .filter(file -> !file.equals(bench.key.passphraseFile()))
                            .filter(ReleasingIT::holdsPassphrase))
                    .isEmpty();
        }
    }

    private static boolean holdsPassphrase(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(ThrowAwayKey.PASSPHRASE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
