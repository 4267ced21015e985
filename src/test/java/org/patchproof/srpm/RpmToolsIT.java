package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.Programs;
import org.patchproof.testing.RpmBuilder;

/** rpm's own tools are the judges: packages they make are read as they read them, and those we make please them. */
class RpmToolsIT {
    private static final String FILES =
            "[%{FILENAMES} %{FILESIZES} %{FILEMODES} %{FILEMTIMES} %{FILEFLAGS} %{FILEDIGESTS} %{FILELINKTOS}\n]";

    private static final String SPEC = """
            Name: demo
            Epoch: 3
            Version: 1.0
            Release: 2.el9
            Summary: A demo
            License: GPL-2.0
            Source0: big.bin
            Source1: script.sh
            Source2: left-out.bin
            NoSource: 2
            Patch1: fix.patch
            %description
            A demo.
            %install
            mkdir -p %{buildroot}/boot %{buildroot}/usr/share/demo
            cp %{SOURCE0} %{buildroot}/boot/vmlinuz-1.0
            ln %{buildroot}/boot/vmlinuz-1.0 %{buildroot}/boot/a-link
            ln -s vmlinuz-1.0 %{buildroot}/boot/vmlinuz
            : > %{buildroot}/usr/share/demo/empty
            : > %{buildroot}/usr/share/demo/made-later
            %files
            /boot/*
            %dir /usr/share/demo
            %config /usr/share/demo/empty
            %ghost /usr/share/demo/made-later
            """;

    @TempDir
    Path temp;

    @BeforeAll
    static void wantTools() {
        for (String tool : List.of("rpm", "rpmbuild", "rpmkeys", "rpmsign", "rpm2cpio", "cpio", "gpg")) {
            if (Programs.find(tool).isEmpty()) {
                fail(tool + " is missing: install rpm, cpio and gnupg (apt-get install rpm cpio gnupg)");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "w9.gzdio, gzip",
        "w2.xzdio, xz",
        "w2.lzdio, lzma",
        "w3.zstdio, zstd",
        "w9.bzdio, bzip2",
        "w.ufdio, none"
    })
    void readsAndUnpacksWhatRpmbuildMakes(String payload, String compressor) throws IOException {
        Path srpm = build("-bs", payload);

        RpmPackage rpm = RpmFile.read(srpm);
        UnpackedSource unpacked = SourceUnpacker.unpack(srpm, temp.resolve("ours"));

        assertThat(rpm.payloadCompressor()).isEqualTo(compressor);
        assertThat(rpm.nevra()).hasToString("demo-3:1.0-2.el9.nosrc");
        assertThat(rpm.isSource()).isTrue();
        assertThat(listing(rpm)).isEqualTo(run("rpm", "-qp", "--qf", FILES, srpm.toString()));
        assertThat(rpm.sha256()).isEqualTo(run("sha256sum", srpm.toString()).split(" ")[0]);
        assertThat(unpacked.sha256()).isEqualTo(rpm.sha256());
        assertThat(flat(unpacked.topdir())).isEqualTo(Trees.snapshot(byCpio(srpm)));
        assertThat(unpacked.verified()).containsAll(accepted(srpm)).contains("Payload SHA256 ALT", "Files SHA256");
    }

    @ParameterizedTest
    @CsvSource({"w9.gzdio", "w2.xzdio", "w3.zstdio"})
    void extractsFromABinaryPackage(String payload) throws IOException {
        Path rpm = build("-bb", payload);

        RpmPackage read = RpmFile.read(rpm);
        RpmFile.extract(rpm, "/boot/vmlinuz-1.0", temp.resolve("kernel"));
        RpmFile.extract(rpm, "/boot/a-link", temp.resolve("link"));
        RpmFile.extract(rpm, "/usr/share/demo/empty", temp.resolve("empty"));

        assertThat(read.nevra()).hasToString(run("rpm", "-qp", "--qf", "%{NEVRA}", rpm.toString()));
        assertThat(listing(read)).isEqualTo(run("rpm", "-qp", "--qf", FILES, rpm.toString()));
        Path theirs = byCpio(rpm);
        assertThat(temp.resolve("kernel")).hasSameBinaryContentAs(theirs.resolve("boot/vmlinuz-1.0"));
        assertThat(temp.resolve("link")).hasSameBinaryContentAs(theirs.resolve("boot/a-link"));
        assertThat(temp.resolve("empty")).isEmptyFile();
    }

    @Test
    void namesAndVerifiesTheKeyThatRpmsignUsed() throws IOException {
        Path home = Files.createDirectory(temp.resolve("gnupg"));
        run("chmod", "700", home.toString());
        String batch = "--batch --pinentry-mode loopback --passphrase '' --quick-generate-key demo@example.org rsa2048";
        run("sh", "-c", "gpg --homedir " + home + " " + batch);
        String id = run(
                "sh",
                "-c",
                "gpg --homedir " + home + " --list-keys --with-colons 2>/dev/null | grep ^pub | cut -d: -f5");
        Path srpm = build("-bs", "w3.zstdio");

        run(
                "rpmsign",
                "--define",
                "_gpg_name demo@example.org",
                "--define",
                "_gpg_path " + home,
                "--define",
                "__gpg " + Programs.find("gpg").orElseThrow(),
                "--addsign",
                srpm.toString());
        run("sh", "-c", "gpg --homedir " + home + " --armor --export > key.asc");
        run("sh", "-c", "gpg --homedir " + home + " " + batch.replace("demo@", "other@"));
        run("sh", "-c", "gpg --homedir " + home + " --armor --export other@example.org > other.asc");
        // gpg puts a colon before the armour, so that nobody imports it by mistake.
        run("sh", "-c", "sed s/^:-/-/ " + home + "/openpgp-revocs.d/*" + id.strip() + ".rev > revocation");
        run("gpg", "--homedir", home.toString(), "--batch", "--import", "revocation");
        run("sh", "-c", "gpg --homedir " + home + " --armor --export demo@example.org > revoked.asc");
        run("gpgconf", "--homedir", home.toString(), "--kill", "all");

        SignatureCheck check = new SignatureCheck(new LeashedRunner());
        assertThat(check.verify(srpm, temp.resolve("key.asc")).signatures())
                .singleElement()
                .asString()
                .startsWith("Header V4 RSA/SHA");
        assertThatThrownBy(() -> check.verify(srpm, temp.resolve("other.asc")))
                .hasMessageContaining("signed by another key");
        assertThatThrownBy(() -> check.verify(srpm, temp.resolve("revoked.asc")))
                .hasMessageContaining("holds a key that its owner has revoked");
        Path unsigned = RpmBuilder.demo().write(temp.resolve("unsigned.src.rpm"));
        assertThatThrownBy(() -> check.verify(unsigned, temp.resolve("key.asc")))
                .hasMessageContaining("it is not signed");

        assertThat(RpmFile.read(srpm).signerKeyId()).contains(id.strip().toLowerCase(Locale.ROOT));
        assertThat(SourceUnpacker.unpack(srpm, temp.resolve("ours")).verified()).contains("MD5");
    }

    @Test
    void rpmAcceptsWhatTheTestsBuild() {
        Path srpm = RpmBuilder.demo().compressor("zstd").write(temp.resolve("built.src.rpm"));

        assertThat(accepted(srpm)).contains("Header SHA256", "Header SHA1", "Payload SHA256", "MD5");
        assertThat(run("rpm", "-qp", "--qf", "[%{FILENAMES} ]", srpm.toString()))
                .isEqualTo("demo.spec fix.patch ");
    }

    /** The names of the digests that rpmkeys finds good. */
    private List<String> accepted(Path rpm) {
        return run("rpmkeys", "-Kv", rpm.toString())
                .lines()
                .filter(line -> line.endsWith(" digest: OK"))
                .map(line -> line.strip().replace(" digest: OK", ""))
                .toList();
    }

    private static String listing(RpmPackage rpm) {
        return rpm.files().stream()
                .map(f -> String.join(
                                " ",
                                f.path(),
                                "" + f.size(),
                                "" + f.mode(),
                                "" + f.mtime().orElseThrow().getEpochSecond(),
                                "" + f.flags(),
                                f.digest().map(RpmDigest::hex).orElse(""),
                                f.linkTarget().orElse(""))
                        + "\n")
                .collect(Collectors.joining());
    }

    private Path build(String kind, String payload) throws IOException {
        Path sources = Files.createDirectories(temp.resolve("top/SOURCES"));
        byte[] big = new byte[300_000];
        new Random(42).nextBytes(big);
        Files.write(sources.resolve("big.bin"), big);
        Files.writeString(sources.resolve("script.sh"), "#!/bin/sh\n");
        Files.writeString(sources.resolve("left-out.bin"), "left out\n");
        Files.writeString(sources.resolve("fix.patch"), "--- a\n+++ b\n");
        run("chmod", "755", sources.resolve("script.sh").toString());
        Path spec = Files.writeString(temp.resolve("top/demo.spec"), SPEC);
        run(
                "rpmbuild",
                kind,
                "--define",
                "_topdir " + temp.resolve("top"),
                "--define",
                "_source_payload " + payload,
                "--define",
                "_binary_payload " + payload,
                spec.toString());
        try (Stream<Path> found = Files.walk(temp.resolve("top"))) {
            return found.filter(p -> p.toString().endsWith(".rpm")).findFirst().orElseThrow();
        }
    }

    /** What rpm2cpio and cpio make of it. */
    private Path byCpio(Path rpm) throws IOException {
        Path theirs = Files.createDirectory(temp.resolve("theirs"));
        run("sh", "-c", "cd " + theirs + " && rpm2cpio " + rpm + " | cpio -idm --quiet");
        return theirs;
    }

    /** What is in SPECS and SOURCES, as if it were one directory. */
    private static Map<String, String> flat(Path topdir) throws IOException {
        Map<String, String> all = new TreeMap<>(Trees.snapshot(topdir.resolve("SPECS")));
        all.putAll(Trees.snapshot(topdir.resolve("SOURCES")));
        return all;
    }

    private String run(String... argv) {
        return new LeashedRunner().run(Command.of(argv).in(temp)).orThrow().output();
    }
}
