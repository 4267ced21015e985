package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.build.SourceMissingException;
import org.patchproof.patch.HunkFate;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchCheck;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;

/** Checks on real source packages, with the real tar, patch and git. */
class PatchCheckIT {
    private static final String ROUTE = "net/ipv4/route.c";

    @TempDir
    Path dir;

    private final Witness runner = new Witness();
    private Workspace workspace;
    private PatchCheckRun run;

    /** Remembers what was run. */
    private static final class Witness implements CommandRunner {
        private final CommandRunner real = new LeashedRunner();
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            seen.add(String.join(" ", command.argv()));
            return real.run(command, lines);
        }

        @Override
        public RunningCommand start(Command command) {
            throw new AssertionError("nothing is to be started");
        }

        private long passes() {
            return seen.stream().filter(line -> line.contains("--extract")).count();
        }
    }

    @BeforeEach
    void workspace() throws IOException {
        workspace = FakeWorkspace.make(dir.resolve("workspace"));
        run = new PatchCheckRun(runner, workspace, dir.resolve("cache"));
    }

    private CheckedKernel kernel() {
        return CheckedKernel.of(
                PlanLoader.kernels(workspace, List.of("fake-1.0"), Map.of()).get(0));
    }

    private KernelReport check(CheckedKernel kernel, PatchSeries series) throws Exception {
        return run.check(new CheckRequest(series, List.of(kernel), 2)).get(0);
    }

    private static List<HunkFate> fates(KernelReport report) {
        return report.preflight().patches().stream()
                .flatMap(p -> p.hunks().stream())
                .map(h -> h.fate())
                .toList();
    }

    @Test
    void theFirstLookTakesOnePassAndTheNextOnesNone() throws Exception {
        KernelReport report = check(kernel(), FakeKernel.series("s", "0001-instrumentation.patch", "0002-fix.patch"));
        assertThat(report.applies()).isTrue();
        assertThat(report.nevra()).isEqualTo("kernel-1.0.7-3.src");
        assertThat(report.rule()).isEqualTo("patch -p1 -F1");
        assertThat(report.dialect()).hasValueSatisfying(d -> assertThat(d).contains("ApplyPatch"));
        assertThat(runner.passes()).isEqualTo(1);
        KernelReport again = check(kernel(), FakeKernel.series("s", "0002-does-not-apply.patch"));
        assertThat(again.applies()).isFalse();
        assertThat(runner.passes()).as("passes over the tarball").isEqualTo(1);
        HunkFate.Rejected rejected = (HunkFate.Rejected) fates(again).get(0);
        assertThat(rejected.sideBySide()).anySatisfy(row -> {
            assertThat(row.mark()).isEqualTo('|');
            assertThat(row.patchLine()).contains(" \tr->owners = 0;");
            assertThat(row.treeNumber()).isEqualTo(27);
            assertThat(row.treeLine()).contains("\tr->users = 0;");
        });
        assertThat(dir.resolve("cache/check")).isDirectoryNotContaining("glob:**/.part-*");
    }

    @Test
    void anotherFileTakesAnotherPassAndOneThatIsNotThereNone() throws Exception {
        check(kernel(), FakeKernel.series("s", "0002-fix.patch"));
        Patch other = patch("other.patch", "init.c", "nowhere.c");
        KernelReport report = check(kernel(), new PatchSeries("s", List.of(other)));
        assertThat(runner.passes()).isEqualTo(2);
        assertThat(fates(report).get(1).describe()).contains("the tree has no such file");
        check(kernel(), new PatchSeries("s", List.of(other)));
        assertThat(runner.passes()).isEqualTo(2);
    }

    private static Patch patch(String name, String... paths) {
        StringBuilder text = new StringBuilder();
        for (String path : paths) {
            text.append("--- a/" + path + "\n+++ b/" + path + "\n@@ -1,2 +1,3 @@\n one\n+two\n three\n");
        }
        return PatchReader.parse(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aKeptFileThatWasDamagedIsTakenAgain() throws Exception {
        check(kernel(), FakeKernel.series("s", "0002-fix.patch"));
        try (Stream<Path> blobs = Files.walk(dir.resolve("cache/check/blobs"))) {
            for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
                Files.writeString(blob, "damaged");
            }
        }
        assertThat(check(kernel(), FakeKernel.series("s", "0002-fix.patch")).applies())
                .isTrue();
        assertThat(runner.passes()).isEqualTo(2);
    }

    @Test
    void theVendorsPatchesComeFirst() throws Exception {
        String spec = FakeKernel.spec()
                .replace("Patch999999:", "Patch1: vendor-%{version}.patch\nPatch999999:")
                .replace("ApplyOptionalPatch linux", "ApplyPatch vendor-%{version}.patch\nApplyOptionalPatch linux");
        String vendor = "--- a/init.c\n+++ b/init.c\n@@ -1 +1 @@\n-nothing\n+something\n"
                + "--- a/net/ipv4/route.c\n+++ b/net/ipv4/route.c\n@@ -27,3 +27,3 @@\n \t\treturn;\n"
                + "-\tr->users = 0;\n+\tr->owners = 0;\n \troutes = r->next;\n";
        Path srpm = FakeKernel.srpm(dir.resolve("v"), spec, Map.of("vendor-1.0.7.patch", vendor));
        KernelReport report = check(CheckedKernel.of(srpm), FakeKernel.series("s", "0002-does-not-apply.patch"));
        assertThat(report.notes())
                .containsExactly("after the vendor's vendor-1.0.7.patch, which touches the same files");
        assertThat(report.applies()).as("applies behind the vendor's patch").isTrue();
        assertThat(report.kernel()).isEqualTo("kernel-1.0.7-3");
    }

    @Test
    void whatIsAppliedUnseenLeavesItOpen() throws Exception {
        String spec = FakeKernel.spec()
                .replace("Patch999999:", "Source50: patch-%{version}.1.xz\nPatch999999:")
                .replace(
                        "ApplyOptionalPatch linux",
                        "xzcat %{SOURCE50} | sed s/a/b/ | patch -p1\nApplyOptionalPatch linux");
        Path srpm = FakeKernel.srpm(dir.resolve("x"), spec, Map.of("patch-1.0.7.1.xz", "packed"));
        PatchSeries fix = FakeKernel.series("s", "0002-fix.patch");
        KernelReport report = check(CheckedKernel.of(srpm), fix);
        assertThat(report.known()).isFalse();
        assertThat(report.applies()).isFalse();
        assertThat(report.notes()).singleElement().asString().contains("xzcat %{SOURCE50} | sed", "verify does");
        assertThat(run.preparedFiles(CheckedKernel.of(srpm), fix).unfollowed()).isEqualTo(report.unfollowed());
        assertThat(check(kernel(), fix).known()).isTrue();
    }

    @Test
    void whatTheSpecIncludesIsReadFromThePackage() throws Exception {
        String spec = FakeKernel.spec()
                .replace("Patch999999:", "Source10: more.inc\n%include %{SOURCE10}\nPatch999999:")
                .replaceAll("(?s)patch_command=.*(?=%setup)", "")
                .replaceAll("(?s)%setup.*(?=# Any further)", "%autosetup -p1 -n linux-1.0.7\n");
        Path srpm = FakeKernel.srpm(
                dir.resolve("i"),
                spec,
                Map.of("more.inc", "Patch5: vendor.patch\n", "vendor.patch", "--- a/init.c\n+++ b/init.c\n"));
        for (int look = 1; look <= 2; look++) {
            KernelReport report = check(CheckedKernel.of(srpm), FakeKernel.series("s", "0002-fix.patch"));
            assertThat(report.refusal()).as("look " + look).isEmpty();
            assertThat(report.applies()).isTrue();
        }
    }

    @Test
    void theRuleIsThatOfTheSpec() throws Exception {
        String spec = FakeKernel.spec().replace("patch_command='patch -p1 -F1 -s'", "patch_command='git apply'");
        Path srpm = FakeKernel.srpm(dir.resolve("g"), spec);
        Patch fuzzy =
                PatchReader.parse("fuzzy.patch", """
                --- a/net/ipv4/route.c
                +++ b/net/ipv4/route.c
                @@ -26,6 +26,7 @@ void delete_route(int key)
                 \tif (!other)
                 \t\treturn;
                 \tr->users = 0;
                +\tr->key = 0;
                 \troutes = r->next;
                 }

                """.replace("\n\n", "\n \n").getBytes(StandardCharsets.UTF_8));
        PatchSeries series = new PatchSeries("s", List.of(fuzzy));
        KernelReport gnu = check(kernel(), series);
        assertThat(fates(gnu).get(0)).isEqualTo(new HunkFate.Applied(25, -1, 1));
        assertThat(gnu.applies()).as("the proof wants exact context").isFalse();
        assertThat(gnu.notes()).anyMatch(n -> n.contains("fuzzy.patch applies with fuzz 1 only"));
        KernelReport git = check(CheckedKernel.of(srpm), series);
        assertThat(git.rule()).isEqualTo("git apply");
        assertThat(git.preflight().patches().get(0).verdict()).isEqualTo(PatchCheck.Verdict.REJECTED);
    }

    @Test
    void aSpecThatWouldSkipThePatchIsSaidToRefuseIt() throws Exception {
        String spec = FakeKernel.spec().replace("%prep\n", "%if 1\n%prep\n%endif\n");
        Path srpm = FakeKernel.srpm(dir.resolve("n"), spec);
        KernelReport report = check(CheckedKernel.of(srpm), FakeKernel.series("s", "0002-fix.patch"));
        assertThat(report.applies()).isFalse();
        assertThat(report.refusal())
                .hasValueSatisfying(r -> assertThat(r.seen()).contains("%prep"));
    }

    @Test
    void severalKernelsAtOnceKeepTheirOrder() throws Exception {
        List<CheckedKernel> kernels = new ArrayList<>(List.of(kernel()));
        for (int i = 0; i < 4; i++) {
            String spec = FakeKernel.spec().replace("Release: 3", "Release: " + (10 + i));
            kernels.add(CheckedKernel.of(FakeKernel.srpm(dir.resolve("k" + i), spec)));
        }
        List<KernelReport> reports = run.check(new CheckRequest(FakeKernel.series("s", "0002-fix.patch"), kernels, 3));
        assertThat(reports)
                .extracting(KernelReport::nevra)
                .containsExactly(
                        "kernel-1.0.7-3.src",
                        "kernel-1.0.7-10.src",
                        "kernel-1.0.7-11.src",
                        "kernel-1.0.7-12.src",
                        "kernel-1.0.7-13.src");
        assertThat(reports).allMatch(KernelReport::applies);
    }

    @Test
    void aLinkInTheTarballIsNotFollowed() throws Exception {
        Path made = Files.createDirectories(dir.resolve("t/linux-1"));
        Files.createSymbolicLink(made.resolve("link.c"), Path.of("/etc/passwd"));
        Files.writeString(made.resolve("file.c"), "one\nthree\n");
        Path tarball = dir.resolve("linux-1.tar");
        new LeashedRunner()
                .run(Command.of(
                        "tar", "-cf", tarball.toString(), "-C", made.getParent().toString(), "linux-1"))
                .orThrow();
        TarballPick.Picked picked = new TarballPick(runner, tarball)
                .pick(
                        new java.util.TreeSet<>(List.of("link.c", "file.c", "absent.c", "link.c/x")),
                        Files.createDirectory(dir.resolve("scratch")));
        assertThat(picked.contents()).containsOnlyKeys("file.c");
        assertThat(picked.unfit())
                .isEqualTo(Map.of(
                        "link.c", "is a symbolic link", "link.c/x", "is behind link.c, which is a symbolic link"));
    }

    /** What tar would make of them: the last of two, what a hard link leads to; and no link on the way. */
    @Test
    void oddMembersAreTakenAsTarTakesThem() throws Exception {
        Path made = Files.createDirectories(dir.resolve("t/linux-1/x86"));
        Path tree = made.getParent();
        Files.writeString(made.resolve("real.c"), "linked\n");
        Files.createLink(tree.resolve("z.c"), made.resolve("real.c"));
        Files.createSymbolicLink(tree.resolve("folder"), Path.of("x86"));
        Files.createSymbolicLink(tree.resolve("etc"), Path.of("/etc"));
        Files.writeString(tree.resolve("twice.c"), "first\n");
        Path tarball = dir.resolve("linux-1.tar");
        tar("-cf", tarball, "linux-1/x86", "linux-1/z.c", "linux-1/folder", "linux-1/etc", "linux-1/twice.c");
        Files.writeString(tree.resolve("twice.c"), "last\n");
        tar("-rf", tarball, "linux-1/twice.c");
        TarballPick.Picked picked = new TarballPick(runner, tarball)
                .pick(
                        new java.util.TreeSet<>(List.of("z.c", "twice.c", "folder/real.c", "etc/passwd", "x86/new.c")),
                        Files.createDirectory(dir.resolve("scratch")));
        assertThat(picked.contents()).containsOnlyKeys("z.c", "twice.c");
        assertThat(picked.contents().get("z.c")).asString().isEqualTo("linked\n");
        assertThat(picked.contents().get("twice.c")).asString().isEqualTo("last\n");
        assertThat(picked.unfit())
                .isEqualTo(Map.of(
                        "folder/real.c", "is behind folder, which is a symbolic link",
                        "etc/passwd", "is behind etc, which is a symbolic link"));
    }

    private void tar(String how, Path tarball, String... members) {
        List<String> argv = new ArrayList<>(
                List.of("tar", how, tarball.toString(), "-C", dir.resolve("t").toString()));
        argv.addAll(List.of(members));
        new LeashedRunner().run(Command.of(argv)).orThrow();
    }

    @Test
    void aTarballThatIsCutShortIsSaidToBe() throws Exception {
        Path tarball = dir.resolve("linux-1.tar.gz");
        Path whole = dir.resolve("workspace/making/fake-topdir/SOURCES/linux-1.0.7.tar.gz");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(tarball, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> new TarballPick(runner, tarball)
                        .pick(new java.util.TreeSet<>(List.of("zzz.c")), Files.createDirectory(dir.resolve("scratch"))))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("linux-1.tar.gz");
    }

    @Test
    void filesForARepairComeFromTheSameStore() throws Exception {
        assertThat(run.files(kernel(), List.of(ROUTE)).content(ROUTE))
                .hasValueSatisfying(text -> assertThat(text).contains("delete_route"));
    }
}
