package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.testing.FakeKernel;

/**
 * Packed patches of a vendor's that change what ours stand on: check must say of ours what rpmbuild does, when they
 * are put into the same spec.
 */
class VendorPatchOracleIT {
    private static final String PLACE = "ApplyOptionalPatch linux";

    @TempDir
    Path dir;

    private PrepOracle oracle;

    @BeforeEach
    void oracle() throws IOException {
        oracle = new PrepOracle(dir);
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
        Files.writeString(oracle.sources().resolve("plain"), PrepOracle.VENDOR);
        oracle.tool(tool + (tool.equals("cat") ? "" : " -c") + " plain > " + name + " && rm plain");
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
        oracle.asRpmbuildDoes(FakeKernel.srpm(oracle.home(), spec));
    }

    @ParameterizedTest
    @CsvSource({"xz, .xz", "gzip, .gz", "bzip2, .bz2", "zstd, .zst", "xz, ''"})
    void byRpmsOwnMacros(String packer, String ending) throws Exception {
        String name = "vendor.patch" + ending;
        pack(name, packer);
        String tags = "Patch5: " + name;
        Path numbered = FakeKernel.srpm(oracle.home(), macros(tags, "%setup -q -n linux-1.0.7\n%patch -P 5 -p1"));
        oracle.asRpmbuildDoes(numbered);
    }

    @ParameterizedTest
    @CsvSource({
        "0, cat, vendor.patch, %patch -P 5 -p0",
        "0, cat, vendor.patch, %patch5",
        "2, cat, vendor.patch, %patch5 -p2",
        "0, xz, vendor.patch.xz, %patch -p0 -P 5",
        "2, gzip, vendor.patch.gz, %patch5 -p2 -b .old",
        "0, zstd, vendor.patch.zst, zstdcat %{PATCH5} | patch -s -p0",
        "2, cat, vendor.patch, patch -s -p2 < %{PATCH5}",
    })
    void withOtherFolders(int strip, String packer, String name, String line) throws Exception {
        String names = strip == 0 ? "" : "x/y/";
        Files.writeString(
                oracle.sources().resolve("text"),
                PrepOracle.VENDOR.replaceAll("(?m)^(--- |\\+\\+\\+ )[ab]/", "$1" + names));
        oracle.tool(packer + (packer.equals("cat") ? "" : " -c") + " text > " + name + " && rm text");
        oracle.asRpmbuildDoes(FakeKernel.srpm(oracle.home(), spec("Patch5: " + name, line)));
    }

    @Test
    void besideFunctionsAMacroHasItsOwnFuzz() throws Exception {
        Files.writeString(
                oracle.sources().resolve("vendor.patch"), PrepOracle.VENDOR.replace(" \t\treturn;", " \t\treturn 0;"));
        Path srpm = FakeKernel.srpm(oracle.home(), spec("Patch5: vendor.patch", "%patch5 -p1"));
        assertThat(oracle.prep(PrepOracle.OURS[1]).ok()).isFalse();
        assertThat(oracle.check(srpm, PrepOracle.OURS[1]).known()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"xz -c, v.patch.xz", "cat, v.patch"})
    void aPatchInsideAnIfThatIsNotUnderstoodLeavesItOpen(String packer, String name) throws Exception {
        Files.writeString(oracle.sources().resolve("plain"), PrepOracle.VENDOR.replace("-\tr->users", "-\tr->others"));
        oracle.tool(packer + " plain > " + name);
        Path srpm = FakeKernel.srpm(oracle.home(), spec("Patch5: " + name, "%if 0%{?never}\n%patch5 -p1\n%endif"));
        assertThat(oracle.check(srpm, PrepOracle.OURS[0]).known()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"%autosetup -p1 -n linux-1.0.7", "'%setup -q -n linux-1.0.7\n%autopatch -p1'"})
    void byRpmsMacrosForAll(String setup) throws Exception {
        pack("vendor.patch.xz", "xz");
        oracle.asRpmbuildDoes(FakeKernel.srpm(oracle.home(), macros("Patch5: vendor.patch.xz", setup)));
    }

    /** OURS[0] fits the tree without the vendor's patch, OURS[1] the tree with it. */
    @ParameterizedTest
    @CsvSource({"%if 0, false", "%if 1, true", "%if !%{nopatches}, true"})
    void aConditionThatIsPlainDecides(String condition, boolean holds) throws Exception {
        pack("v.patch", "cat");
        String tags = "%define nopatches 0\nPatch5: v.patch";
        Path srpm = FakeKernel.srpm(oracle.home(), spec(tags, condition + "\n%patch5 -p1\n%endif"));
        for (int ours = 0; ours < 2; ours++) {
            assertThat(oracle.prep(PrepOracle.OURS[ours]).ok()).isEqualTo(holds == (ours == 1));
            KernelReport report = oracle.check(srpm, PrepOracle.OURS[ours]);
            assertThat(report.unfollowed()).isEmpty();
            assertThat(report.applies()).isEqualTo(holds == (ours == 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"%if 0%{?with_rt}", "%ifarch s390", "%if %{with rt}"})
    void aConditionThatOnlyRpmKnowsLeavesItOpenWhereItMatters(String condition) throws Exception {
        pack("v.patch", "cat");
        Path srpm = FakeKernel.srpm(oracle.home(), spec("Patch5: v.patch", condition + "\n%patch5 -p1\n%endif"));
        for (String ours : PrepOracle.OURS) {
            assertThat(oracle.check(srpm, ours).unfollowed())
                    .singleElement()
                    .asString()
                    .contains("an %if decides whether the vendor's v.patch");
        }
    }

    @Test
    void byAFunctionThatKnowsTheName() throws Exception {
        pack("vendor.patch.gz", "gzip");
        String spec = spec("Patch5: vendor.patch.gz", "ApplyPatch vendor.patch.gz")
                .replace(
                        "  $patch_command ${1+\"$@\"} < \"$RPM_SOURCE_DIR/$patch\"",
                        "  case \"$patch\" in\n  *.gz) gunzip < \"$RPM_SOURCE_DIR/$patch\" | $patch_command ${1+\"$@\"} ;;\n"
                                + "  *) $patch_command ${1+\"$@\"} < \"$RPM_SOURCE_DIR/$patch\" ;;\n  esac");
        oracle.asRpmbuildDoes(FakeKernel.srpm(oracle.home(), spec));
    }

    @Test
    void theFuzzIsThatOfTheLine() throws Exception {
        String fuzzy = PrepOracle.VENDOR.replace(" \t\treturn;", " \t\treturn 0;");
        Files.writeString(oracle.sources().resolve("plain"), fuzzy);
        oracle.tool("xz -c plain > v.xz");
        Path exact = FakeKernel.srpm(oracle.home(), spec("Source50: v.xz", "xzcat %{SOURCE50} | patch -p1 -F0 -s"));
        assertThat(oracle.prep(PrepOracle.OURS[1]).ok())
                .as("the vendor's own does not apply")
                .isFalse();
        KernelReport report = oracle.check(exact, PrepOracle.OURS[1]);
        assertThat(report.known()).isFalse();
        assertThat(report.unfollowed()).singleElement().asString().contains("v.xz", "not understood wholly");
    }

    @Test
    void aPatchThatMacrosHideLeavesItOpenWhereItMayBeOneThatMatters() throws Exception {
        Files.writeString(oracle.sources().resolve("vendor-x.patch"), PrepOracle.VENDOR);
        String tags = "Patch5: vendor-%(echo x).patch";
        Path srpm = FakeKernel.srpm(oracle.home(), spec(tags, "%patch5 -p1"));
        assertThat(oracle.prep(PrepOracle.OURS[0]).ok()).isFalse();
        assertThat(oracle.check(srpm, PrepOracle.OURS[0]).unfollowed())
                .singleElement()
                .asString()
                .contains("vendor-x.patch", "may be what the spec applies as");
        oracle.tool("rm -r ../SRPMS; rm vendor-x.patch; echo > vendor-x.patch");
        Path other = FakeKernel.srpm(oracle.home(), spec(tags, "%patch5 -p1"));
        assertThat(oracle.check(other, PrepOracle.OURS[0]).applies()).isTrue();
    }

    @Test
    void whatIsDamagedOrMovesAFileLeavesItOpen() throws Exception {
        Files.writeString(oracle.sources().resolve("v.xz"), "packed");
        oracle.tool("printf '\\xfd7zXZ\\0 damaged' > v.xz");
        String spec = spec("Source50: v.xz", "xzcat %{SOURCE50} | patch -p1 -F1 -s");
        KernelReport damaged = oracle.check(FakeKernel.srpm(oracle.home(), spec), PrepOracle.OURS[0]);
        assertThat(damaged.unfollowed()).singleElement().asString().contains("v.xz cannot be decompressed");
        Files.writeString(
                oracle.sources().resolve("plain"),
                "diff --git a/net/ipv4/route.c b/net/ipv4/other.c\nsimilarity index 100%\n"
                        + "rename from net/ipv4/route.c\nrename to net/ipv4/other.c\n");
        oracle.tool("xz -c plain > v.xz && rm -r ../SRPMS");
        KernelReport moved = oracle.check(FakeKernel.srpm(oracle.home(), spec), PrepOracle.OURS[0]);
        assertThat(moved.unfollowed()).singleElement().asString().contains("v.xz", "not understood wholly");
    }

    @ParameterizedTest
    @CsvSource({"Patch5: v.patch.zip, %patch5 -p1", "Patch5: v.patch, %patch5 -p1"})
    void whatOnlyRpmUnpacksLeavesItOpen(String tag, String line) throws Exception {
        Files.writeString(oracle.sources().resolve(tag.substring(8)), "PK\003\004 as zip begins");
        Path srpm = FakeKernel.srpm(oracle.home(), spec(tag, line));
        assertThat(oracle.check(srpm, PrepOracle.OURS[0]).unfollowed())
                .singleElement()
                .asString()
                .contains("cannot be decompressed");
    }

    @Test
    void aPatchOfTheSameFileInAnotherTreeLeavesItOpen() throws Exception {
        pack("vendor.patch", "cat");
        Files.writeString(
                oracle.sources().resolve("more.patch"), "--- /dev/null\n+++ b/more.c\n@@ -0,0 +1 @@\n+more\n");
        String prep = "%setup -q -n linux-1.0.7\ncp -r ../linux-1.0.7 ../x\n%patch -P 6 -p1\n"
                + "pushd ../x\n%patch -P 5 -p1\npopd";
        Path srpm = FakeKernel.srpm(oracle.home(), macros("Patch5: vendor.patch\nPatch6: more.patch", prep));
        assertThat(oracle.prep(PrepOracle.OURS[0]).ok()).isTrue();
        assertThat(oracle.prep(PrepOracle.OURS[1]).ok()).isFalse();
        assertThat(oracle.check(srpm, PrepOracle.OURS[1]).unfollowed())
                .singleElement()
                .asString()
                .contains("vendor.patch", "popd");
    }

    @Test
    void aWarmLookDecompressesNothing() throws Exception {
        pack("v.xz", "xz");
        Path srpm = FakeKernel.srpm(oracle.home(), spec("Source50: v.xz", "xzcat %{SOURCE50} | patch -p1 -F1 -s"));
        String known = oracle.check(srpm, PrepOracle.OURS[1]).notes().toString();
        assertThat(known).contains("after the vendor's v.xz, which touches the same files");
        Path index;
        try (Stream<Path> all = Files.list(oracle.cache().resolve("check/sources"))) {
            index = all.findFirst().orElseThrow();
        }
        Object before = Files.getLastModifiedTime(index);
        assertThat(oracle.check(srpm, PrepOracle.OURS[1]).notes()).hasToString(known);
        assertThat(Files.getLastModifiedTime(index)).isEqualTo(before);
        // What an older version wrote does not know of packed patches.
        String text = Files.readString(index).replaceAll("(?m)^part .*\n", "").replaceFirst("index \\d+", "index 1");
        Files.writeString(index, text);
        assertThat(oracle.check(srpm, PrepOracle.OURS[1]).notes()).hasToString(known);
    }
}
