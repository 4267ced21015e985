package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;

/**
 * Packed patches of a vendor's that change what ours stand on: check must say of ours what rpmbuild does, when they
 * are put into the same spec.
 */
class VendorPatchOracleIT {
    /** Behind it the first of ours fits no longer, and the second does. */
    private static final String VENDOR = "--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+new\n"
            + "--- a/net/ipv4/route.c\n+++ b/net/ipv4/route.c\n@@ -27,3 +27,3 @@\n \t\treturn;\n"
            + "-\tr->users = 0;\n+\tr->owners = 0;\n \troutes = r->next;\n";

    private static final String[] OURS = {"0002-fix.patch", "0002-does-not-apply.patch"};
    private static final String PLACE = "ApplyOptionalPatch linux";

    @TempDir
    Path dir;

    private PatchCheckRun run;
    private Path sources;

    @BeforeEach
    void workspace() throws IOException {
        Workspace workspace = FakeWorkspace.make(dir.resolve("workspace"));
        run = new PatchCheckRun(new LeashedRunner(), workspace, dir.resolve("cache"));
        sources = Files.createDirectories(dir.resolve("k/fake-topdir/SOURCES"));
    }

    private void tool(String command) {
        new LeashedRunner().run(Command.of("bash", "-ec", command).in(sources)).orThrow();
    }

    private KernelReport check(Path srpm, String ours) throws Exception {
        CheckRequest request = new CheckRequest(FakeKernel.series("s", ours), List.of(CheckedKernel.of(srpm)), 1);
        return run.check(request).get(0);
    }

    /** What {@code %prep} makes of one of our patches. */
    private CommandResult prep(String ours) throws Exception {
        Path spec = dir.resolve("k/fake-topdir/SPECS/kernel.spec");
        PatchSeries series = FakeKernel.series("s", ours);
        Injected injected = SpecInjector.inject(
                        SpecFile.parse("kernel.spec", Files.readAllBytes(spec)),
                        new InjectionRequest(series, Optional.empty(), Optional.empty()))
                .match(i -> i, a -> a.asInjected(), r -> {
                    throw new AssertionError(r.toString());
                });
        Path top = dir.resolve("oracle-" + ours);
        for (String name : List.of("SOURCES", "SPECS", "BUILD")) {
            Files.createDirectories(top.resolve(name));
        }
        try (Stream<Path> all = Files.list(sources)) {
            for (Path file : all.toList()) {
                Path to = top.resolve("SOURCES").resolve(file.getFileName().toString());
                Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (Patch patch : series.patches()) {
            Files.write(top.resolve("SOURCES").resolve(patch.name()), patch.bytes(injected.patchStyle()));
        }
        Files.write(top.resolve("SPECS/kernel.spec"), injected.spec().print());
        return new LeashedRunner()
                .run(Command.of(
                        "rpmbuild",
                        "-bp",
                        "--nodeps",
                        "--define",
                        "_topdir " + top,
                        "--define",
                        "_buildshell /bin/bash",
                        top.resolve("SPECS/kernel.spec").toString()));
    }

    private void asRpmbuildDoes(Path srpm) throws Exception {
        for (String ours : OURS) {
            CommandResult prep = prep(ours);
            assertThat(prep.ok()).as(prep.transcript()).isEqualTo(ours.equals(OURS[1]));
            for (int look = 1; look <= 2; look++) {
                KernelReport report = check(srpm, ours);
                assertThat(report.unfollowed()).as(ours).isEmpty();
                assertThat(report.applies()).as(ours + report.notes()).isEqualTo(prep.ok());
            }
        }
    }

    private static String spec(String tags, String call) throws IOException {
        return FakeKernel.spec()
                .replace("Patch999999:", tags + "\nPatch999999:")
                .replace(PLACE, call + "\n" + PLACE);
    }

    /** As specs are that know no function. */
    private static String macros(String tags, String setup) throws IOException {
        return FakeKernel.spec()
                .replace("Patch999999: linux-kernel-test.patch", tags)
                .replaceAll("(?s)patch_command=.*(?=%setup)", "")
                .replaceAll("(?s)%setup.*(?=# Any further)", setup + "\n");
    }

    private void pack(String name, String tool) throws IOException {
        Files.writeString(sources.resolve("plain"), VENDOR);
        tool(tool + (tool.equals("cat") ? "" : " -c") + " plain > " + name + " && rm plain");
    }

    @ParameterizedTest
    @CsvSource({
        "xz, xzcat, patch-1.0.7.1.xz",
        "xz, xz -dc <, patch-1.0.7.1.xz",
        "gzip, gzip -dc, patch-1.0.7.1.gz",
        "gzip, zcat, patch-1.0.7.1.gz",
        "bzip2, bzcat, patch-1.0.7.1.bz2",
        "zstd, zstdcat, patch-1.0.7.1.zst",
        "cat, cat, patch-1.0.7.1"
    })
    void atTheEndOfAPipe(String packer, String unpacker, String name) throws Exception {
        pack(name, packer);
        String spec =
                spec("Source50: " + name.replace("1.0.7", "%{version}"), unpacker + " %{SOURCE50} | patch -p1 -F1 -s");
        asRpmbuildDoes(FakeKernel.srpm(dir.resolve("k"), spec));
    }

    @ParameterizedTest
    @CsvSource({"xz, .xz", "gzip, .gz", "bzip2, .bz2", "zstd, .zst", "xz, ''"})
    void byRpmsOwnMacros(String packer, String ending) throws Exception {
        String name = "vendor.patch" + ending;
        pack(name, packer);
        String tags = "Patch5: " + name;
        Path numbered = FakeKernel.srpm(dir.resolve("k"), macros(tags, "%setup -q -n linux-1.0.7\n%patch -P 5 -p1"));
        asRpmbuildDoes(numbered);
    }

    @ParameterizedTest
    @CsvSource({"%autosetup -p1 -n linux-1.0.7", "'%setup -q -n linux-1.0.7\n%autopatch -p1'"})
    void byRpmsMacrosForAll(String setup) throws Exception {
        pack("vendor.patch.xz", "xz");
        asRpmbuildDoes(FakeKernel.srpm(dir.resolve("k"), macros("Patch5: vendor.patch.xz", setup)));
    }

    @Test
    void byAFunctionThatKnowsTheName() throws Exception {
        pack("vendor.patch.gz", "gzip");
        String spec = spec("Patch5: vendor.patch.gz", "ApplyPatch vendor.patch.gz")
                .replace(
                        "  $patch_command ${1+\"$@\"} < \"$RPM_SOURCE_DIR/$patch\"",
                        "  case \"$patch\" in\n  *.gz) gunzip < \"$RPM_SOURCE_DIR/$patch\" | $patch_command ${1+\"$@\"} ;;\n"
                                + "  *) $patch_command ${1+\"$@\"} < \"$RPM_SOURCE_DIR/$patch\" ;;\n  esac");
        asRpmbuildDoes(FakeKernel.srpm(dir.resolve("k"), spec));
    }

    @Test
    void theFuzzIsThatOfTheLine() throws Exception {
        String fuzzy = VENDOR.replace(" \t\treturn;", " \t\treturn 0;");
        Files.writeString(sources.resolve("plain"), fuzzy);
        tool("xz -c plain > v.xz");
        Path exact = FakeKernel.srpm(dir.resolve("k"), spec("Source50: v.xz", "xzcat %{SOURCE50} | patch -p1 -F0 -s"));
        assertThat(prep(OURS[1]).ok()).as("the vendor's own does not apply").isFalse();
        KernelReport report = check(exact, OURS[1]);
        assertThat(report.known()).isFalse();
        assertThat(report.unfollowed()).singleElement().asString().contains("v.xz", "not understood wholly");
    }

    @Test
    void whatIsDamagedOrMovesAFileLeavesItOpen() throws Exception {
        Files.writeString(sources.resolve("v.xz"), "packed");
        tool("printf '\\xfd7zXZ\\0 damaged' > v.xz");
        String spec = spec("Source50: v.xz", "xzcat %{SOURCE50} | patch -p1 -F1 -s");
        KernelReport damaged = check(FakeKernel.srpm(dir.resolve("k"), spec), OURS[0]);
        assertThat(damaged.unfollowed()).singleElement().asString().contains("v.xz cannot be decompressed");
        Files.writeString(
                sources.resolve("plain"),
                "diff --git a/net/ipv4/route.c b/net/ipv4/other.c\nsimilarity index 100%\n"
                        + "rename from net/ipv4/route.c\nrename to net/ipv4/other.c\n");
        tool("xz -c plain > v.xz && rm -r ../SRPMS");
        KernelReport moved = check(FakeKernel.srpm(dir.resolve("k"), spec), OURS[0]);
        assertThat(moved.unfollowed()).singleElement().asString().contains("v.xz", "not understood wholly");
    }

    @Test
    void aWarmLookDecompressesNothing() throws Exception {
        pack("v.xz", "xz");
        Path srpm = FakeKernel.srpm(dir.resolve("k"), spec("Source50: v.xz", "xzcat %{SOURCE50} | patch -p1 -F1 -s"));
        String known = check(srpm, OURS[1]).notes().toString();
        assertThat(known).contains("after the vendor's v.xz, which touches the same files");
        Path index;
        try (Stream<Path> all = Files.list(dir.resolve("cache/check/sources"))) {
            index = all.findFirst().orElseThrow();
        }
        Object before = Files.getLastModifiedTime(index);
        assertThat(check(srpm, OURS[1]).notes()).hasToString(known);
        assertThat(Files.getLastModifiedTime(index)).isEqualTo(before);
        // What an older version wrote does not know of packed patches.
        String text = Files.readString(index).replaceAll("(?m)^part .*\n", "").replace("index 3", "index 2");
        Files.writeString(index, text);
        assertThat(check(srpm, OURS[1]).notes()).hasToString(known);
    }
}
