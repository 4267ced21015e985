package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;

/** What {@code check} says, with real tools on a source package that the real rpmbuild made. */
class CheckIT {
    private static final String FIX = "0002-fix.patch";

    @TempDir
    Path dir;

    private CommandBench bench;
    private Path patches;

    @BeforeEach
    void workspace() throws Exception {
        FakeWorkspace.make(dir.resolve("workspace"));
        patches = dir.resolve("workspace/patches/demo/fake-1.0");
        bench = new CommandBench(
                Screen.Kind.PIPE, Map.of("XDG_CACHE_HOME", dir.resolve("cache").toString()));
    }

    private int check(Path patch, String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "check";
        args[1] = patch.toString();
        args[2] = "-C";
        args[3] = dir.resolve("workspace").toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return bench.run(args);
    }

    @Test
    void aPatchThatAppliesIsSaidToWithItsPlace() {
        assertThat(check(patches.resolve(FIX))).isZero();
        assertThat(bench.out())
                .contains("fake-1.0  patch -p1 -F1  applies", "hunk 1: applies at line 25 (offset -1)")
                .doesNotContain("warning");
    }

    @Test
    void aConflictStandsSideBySideInEightyColumns() {
        assertThat(check(patches.resolve("0002-does-not-apply.patch"))).isEqualTo(1);
        assertThat(bench.out()).contains("does not apply", "the patch", "the tree", "r->owners = 0;", "r->users = 0;");
        assertThat(bench.out().lines().filter(line -> line.length() > 80)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "xzcat %{SOURCE50} | patch -p1 -F1 -s, 1, 0",
        "xzcat %{SOURCE50} | sed s/owners/users/ | patch -p1 -F1 -s, 3, 3",
    })
    void behindACompressedPatchOfTheVendors(String line, int fix, int other) throws Exception {
        String vendor = "--- a/net/ipv4/route.c\n+++ b/net/ipv4/route.c\n@@ -27,3 +27,3 @@\n \t\treturn;\n"
                + "-\tr->users = 0;\n+\tr->owners = 0;\n \troutes = r->next;\n";
        Path sources = Files.createDirectories(dir.resolve("k/fake-topdir/SOURCES"));
        Files.writeString(sources.resolve("v"), vendor);
        new LeashedRunner()
                .run(Command.of("xz", sources.resolve("v").toString()))
                .orThrow();
        String spec = FakeKernel.spec()
                .replace("Patch999999:", "Source50: v.xz\nPatch999999:")
                .replace("ApplyOptionalPatch linux", line + "\nApplyOptionalPatch linux");
        String srpm = FakeKernel.srpm(dir.resolve("k"), spec).toString();
        assertThat(check(patches.resolve(FIX), "--srpm", srpm)).isEqualTo(fix);
        assertThat(check(patches.resolve("0002-does-not-apply.patch"), "--srpm", srpm))
                .isEqualTo(other);
        assertThat(bench.out()).contains(other == 0 ? "after the vendor's v.xz" : "cannot be known by check");
    }

    @Test
    void theSameAsJson() throws Exception {
        assertThat(check(patches.resolve("0002-does-not-apply.patch"), "--json"))
                .isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/applies").asBoolean(true)).isFalse();
        assertThat(json.at("/kernels/0/rule").asText()).isEqualTo("patch -p1 -F1");
        assertThat(json.at("/kernels/0/patches/0/hunks/0/fate").asText()).isEqualTo("CONFLICT");
        assertThat(json.at("/kernels/0/patches/0/hunks/0/sideBySide/2/treeLine").asInt())
                .isEqualTo(27);
    }

    @Test
    void aPatchThatTakesTheFixOutIsTold() throws Exception {
        String fix = Files.readString(patches.resolve(FIX));
        String out = fix.replace("@@ -26,6 +26,7 @@", "@@ -26,7 +26,6 @@").replace("\n+\t", "\n-\t");
        Path reversed = Files.writeString(dir.resolve("reversed.patch"), out);
        assertThat(check(reversed)).isEqualTo(1);
        assertThat(bench.out().replaceAll("\\s+", " "))
                .contains("warning: it takes out of net/ipv4/route.c the fix that 0002-fix.patch puts in");
    }

    /** By it the launcher learns which classes a check takes: each fate of a patch is to be met. */
    @Test
    void whatTheLauncherRehearsesWithMeetsEachFate() {
        Path rehearsal = Path.of("src/main/rehearsal").toAbsolutePath();
        Path known = rehearsal.resolve("patches/rehearsal/rehearsal");
        String srpm = rehearsal.resolve("kernel-1-1.src.rpm").toString();
        String in = known.resolve("take-the-fix-out.patch").toString();
        String conflict = known.resolve("fix.patch").toString();
        String fits = known.resolve("count.patch").toString();
        assertThat(bench.run("check", in, conflict, fits, "-C", rehearsal.toString(), "--srpm", srpm))
                .isEqualTo(1);
        assertThat(bench.out().replaceAll("\\s+", " "))
                .contains(
                        "1 of 3 apply, 1 of 3 already in, 1 of 3 do not apply",
                        "its spec: RHEL-style: ApplyPatch with the listing check, patch -p1 -F1",
                        "note: after the vendor's vendor.patch, which touches the same files",
                        "take-the-fix-out.patch:8:1: warning: it takes out of net/one.c the fix that fix.patch puts in");
    }

    @Test
    void aDamagedPatchIsNamedAndRestoredOnDemand() throws Exception {
        String damaged =
                Files.readString(patches.resolve(FIX)).replace("\t", " ").replaceAll("(?m)^ +", "");
        Path file = Files.writeString(dir.resolve("damaged.patch"), damaged);
        assertThat(check(file)).isEqualTo(2);
        assertThat(bench.err())
                .contains(
                        "damaged.patch:9:1: error: white space was damaged",
                        "damaged.patch can be restored from the files of fake-1.0: run the same command again with"
                                + " --repair DIR");
        Path mended = dir.resolve("mended");
        assertThat(check(file, "--repair", mended.toString())).isZero();
        assertThat(Files.readString(mended.resolve("damaged.patch")))
                .contains("\t\treturn;\n \tr->users = 0;\n+\tr->key = 0;\n \troutes = r->next;\n");
        assertThat(check(file, "--repair", mended.toString())).isEqualTo(2);
        assertThat(bench.err()).contains("damaged.patch: is there already");
    }
}
