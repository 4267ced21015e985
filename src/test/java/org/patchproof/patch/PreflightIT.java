package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.StubKernel;

class PreflightIT {
    private final Preflight preflight = new Preflight(new LeashedRunner());

    @TempDir
    Path dir;

    private Path tree;

    @BeforeEach
    void freshTree() throws Exception {
        tree = StubKernel.tree(dir.resolve("tree"));
    }

    static List<ApplyRule> rules() {
        return List.of(ApplyRule.gnuPatch(1), ApplyRule.gitApply());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aSeriesThatFits(ApplyRule rule) throws Exception {
        String before = Files.readString(tree.resolve(StubKernel.ROUTE));
        PreflightReport report = preflight.check(StubKernel.series(), tree, rule);
        assertThat(report.applies()).isTrue();
        assertThat(report.patches().get(0).hunks())
                .extracting(HunkCheck::fate)
                .containsExactly(
                        new HunkFate.Applied(
                                report.patches().get(0).hunks().get(0).fate() instanceof HunkFate.Applied a
                                        ? a.line()
                                        : -1,
                                0,
                                0),
                        new HunkFate.Applied(1, 0, 0),
                        new HunkFate.Applied(2, 0, 0),
                        new HunkFate.Applied(40, 0, 0),
                        new HunkFate.Applied(60, 0, 0));
        assertThat(Files.readString(tree.resolve(StubKernel.ROUTE))).isEqualTo(before);
        assertThat(tree.resolve("net/ipv4/old.c")).exists();
    }

    /** As git diff writes them where diff.mnemonicPrefix is set. */
    @ParameterizedTest
    @MethodSource("rules")
    void mnemonicPrefixesAreRead(ApplyRule rule) throws Exception {
        String fix = StubKernel.patch("fix.patch").content().replaceAll("(?s)^.*?\n--- a/", "--- a/");
        String route = StubKernel.ROUTE;
        String git = "diff --git i/" + route + " w/" + route + "\n"
                + fix.replace("--- a/", "--- i/").replace("+++ b/", "+++ w/");
        PatchSeries series =
                StubKernel.series(StubKernel.patch("instrument.patch"), StubKernel.patch("fix.patch", git));
        PreflightReport report = preflight.check(series, tree, rule);
        assertThat(report.applies()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void offsetsAreSeen(ApplyRule rule) throws Exception {
        StubKernel.edit(
                tree.resolve(StubKernel.ROUTE),
                "static void ip_rt_unrelated",
                "/* a\n * b */\nstatic void ip_rt_unrelated");
        PreflightReport report = preflight.check(StubKernel.series(), tree, rule);
        assertThat(report.patches().get(1).hunks().get(0).fate()).isEqualTo(new HunkFate.Applied(45, 2, 0));
        assertThat(report.patches().get(1).hunks().get(0).fate().describe()).isEqualTo("applies at line 45 (offset 2)");
    }

    @Test
    void fuzzIsSeenByPatchAndRefusedByGit() throws Exception {
        StubKernel.apply(tree, "vendor-advmss.patch");
        PreflightReport gnu = preflight.check(StubKernel.series(), tree, ApplyRule.gnuPatch(1));
        assertThat(gnu.patches().get(0).hunks().get(2).fate()).isEqualTo(new HunkFate.Applied(2, 0, 1));
        PreflightReport git = preflight.check(StubKernel.series(), tree, ApplyRule.gitApply());
        assertThat(git.patches().get(0).verdict()).isEqualTo(PatchCheck.Verdict.REJECTED);
        HunkFate fate = git.patches().get(0).hunks().get(2).fate();
        assertThat(((HunkFate.Rejected) fate).treeLines()).contains("2: static int ip_rt_min_advmss = 512;");
        assertThat(git.patches().get(0).hunks().get(3).fate()).isInstanceOf(HunkFate.Applied.class);
        assertThat(git.patches().get(1).notes()).containsExactly("tried on a tree without instrument.patch");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aFixThatIsInAlreadyIsNotTakenOut(ApplyRule rule) throws Exception {
        StubKernel.apply(tree, "instrument.patch");
        StubKernel.apply(tree, "fix.patch");
        PreflightReport report = preflight.check(StubKernel.series(StubKernel.patch("fix.patch")), tree, rule);
        assertThat(report.patches().get(0).verdict()).isEqualTo(PatchCheck.Verdict.ALREADY_IN);
        assertThat(report.patches().get(0).hunks().get(0).fate()).isEqualTo(new HunkFate.AlreadyIn(43, 0));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aMissingFileIsARejection(ApplyRule rule) throws Exception {
        Files.delete(tree.resolve(StubKernel.ROUTE));
        PreflightReport report = preflight.check(StubKernel.series(StubKernel.patch("fix.patch")), tree, rule);
        assertThat(report.patches().get(0).verdict()).isEqualTo(PatchCheck.Verdict.REJECTED);
        assertThat(report.patches().get(0).hunks().get(0).fate().describe())
                .isEqualTo("rejected: the tree has no such file");
    }

    private static final String ALPHA = "int alpha(void)\n{\n\tp();\n\tgo();\n\tq();\n}\n\n";
    private static final String LOCKED = ALPHA.replace("\tgo", "\tlock();\n\tgo");
    private static final String BETA = ALPHA.replace("alpha", "beta");

    /** A patch for beta, which names it. */
    private PatchCheck lock(String before, ApplyRule rule) throws Exception {
        Files.writeString(tree.resolve("net/ipv4/twin.c"), before);
        String text = "--- a/net/ipv4/twin.c\n+++ b/net/ipv4/twin.c\n@@ -10,3 +10,4 @@ int beta(void)\n"
                + " \tp();\n+\tlock();\n \tgo();\n \tq();\n";
        return preflight
                .check(StubKernel.series(StubKernel.patch("lock.patch", text)), tree, rule)
                .patches()
                .get(0);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aHunkThatLandsInAnotherFunctionDoesNotApply(ApplyRule rule) throws Exception {
        PatchCheck check = lock(ALPHA + BETA.replace("q()", "other()"), rule);
        assertThat(check.verdict()).isEqualTo(PatchCheck.Verdict.REJECTED);
        assertThat(check.hunks().get(0).fate().describe())
                .contains("wrong function", "names 'int beta(void)' (line 8)", "stands in 'int alpha(void)' (line 1)");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSameLinesInAnotherFunctionAreNotThePatch(ApplyRule rule) throws Exception {
        PatchCheck fits = lock(LOCKED + BETA, rule);
        assertThat(fits.verdict()).isEqualTo(PatchCheck.Verdict.APPLIES);
        assertThat(fits.notes()).isEmpty();
        PatchCheck neither = lock(LOCKED + BETA.replace("go()", "other()"), rule);
        assertThat(neither.verdict()).isEqualTo(PatchCheck.Verdict.REJECTED);
        assertThat(neither.hunks().get(0).fate().describe()).contains("in the tree in another function", "alpha");
        assertThat(lock(ALPHA.replace("p()", "other()") + BETA.replace("\tgo", "\tlock();\n\tgo"), rule)
                        .verdict())
                .isEqualTo(PatchCheck.Verdict.ALREADY_IN);
    }

    @Test
    void aVendorsPatchIsAppliedWhereverTheToolPutsIt() throws Exception {
        String file = "net/ipv4/twin.c";
        String text = "--- a/net/ipv4/twin.c\n+++ b/net/ipv4/twin.c\n@@ -10,3 +10,4 @@ int beta(void)\n"
                + " \tp();\n+\tlock();\n \tgo();\n \tq();\n";
        String other = "int beta(void)\n{\n}\n";
        Preflight.Applied applied = preflight.apply(
                StubKernel.series(StubKernel.patch("lock.patch", text)),
                TreeFiles.of(java.util.Map.of(file, ALPHA + other)),
                ApplyRule.gnuPatch(0));
        assertThat(applied.files().contents()).containsEntry(file, LOCKED + other);
    }

    @Test
    void aLinkOutOfTheTreeIsNotFollowed() throws Exception {
        Path outside = dir.resolve("outside.c");
        Files.move(tree.resolve(StubKernel.ROUTE), outside);
        Files.createSymbolicLink(tree.resolve(StubKernel.ROUTE), outside);
        PreflightReport report =
                preflight.check(StubKernel.series(StubKernel.patch("fix.patch")), tree, ApplyRule.gnuPatch(1));
        assertThat(report.patches().get(0).verdict()).isEqualTo(PatchCheck.Verdict.REJECTED);
        assertThat(report.patches().get(0).notes().get(0)).contains("symbolic link");
    }
}
