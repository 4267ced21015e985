package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.StubKernel;

class SeriesProofIT {
    private final SeriesProof proof = new SeriesProof(new LeashedRunner());

    @TempDir
    Path dir;

    private Path tree;

    @BeforeEach
    void freshTree() throws Exception {
        tree = StubKernel.tree(dir.resolve("tree"));
    }

    private ProofOutcome.Carried carried(PatchSeries series) throws Exception {
        ProofOutcome outcome = proof.prove(series, tree, Set.of("Makefile"));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(ProofOutcome.Carried.class);
        return (ProofOutcome.Carried) outcome;
    }

    private ProofOutcome.NotCarried notCarried(PatchSeries series) throws Exception {
        ProofOutcome outcome = proof.prove(series, tree);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(ProofOutcome.NotCarried.class);
        return (ProofOutcome.NotCarried) outcome;
    }

    private void applyAll() {
        StubKernel.apply(tree, "instrument.patch");
        StubKernel.apply(tree, "fix.patch");
    }

    @Test
    void aTreeThatCarriesTheSeries() throws Exception {
        String base = Sha256.of(Files.readAllBytes(tree.resolve(StubKernel.ROUTE)));
        applyAll();
        ProofOutcome.Carried carried = carried(StubKernel.series());
        assertThat(carried.files())
                .extracting(FileProof::path)
                .containsExactly("Makefile", "net/ipv4/old.c", "net/ipv4/probe.c", StubKernel.ROUTE);
        assertThat(carried.files().get(0).before())
                .isEqualTo(carried.files().get(0).after())
                .isPresent();
        assertThat(carried.files().get(1).after()).isEmpty();
        assertThat(carried.files().get(2).before()).isEmpty();
        assertThat(carried.files().get(3).before()).contains(base);
        assertThat(carried.files().get(3).after())
                .contains(Sha256.of(Files.readAllBytes(tree.resolve(StubKernel.ROUTE))));
        assertThat(carried.hunks()).contains(new HunkProof("fix.patch", StubKernel.ROUTE, 1, 43, 0));
        assertThat(carried.notes()).isEmpty();
        assertThat(carried.commands().get(0))
                .startsWith("LC_ALL=C patch -R -p1 -F0 --force")
                .endsWith("fix.patch");
        assertThat(carried.commands()).hasSize(6).noneMatch(c -> c.contains(" -t ") || c.contains("--batch"));
    }

    @Test
    void controlAndCandidateOfACellHaveOneBase() throws Exception {
        StubKernel.apply(tree, "instrument.patch");
        String control =
                carried(StubKernel.series(StubKernel.patch("instrument.patch"))).baseDigest();
        StubKernel.apply(tree, "fix.patch");
        assertThat(carried(StubKernel.series()).baseDigest()).isEqualTo(control);
        StubKernel.edit(tree.resolve(StubKernel.ROUTE), "i < 10", "i < 11");
        assertThat(carried(StubKernel.series()).baseDigest()).isNotEqualTo(control);
    }

    @Test
    void offsetsAreAllowedAndRecorded() throws Exception {
        applyAll();
        StubKernel.edit(
                tree.resolve(StubKernel.ROUTE), "static void ip_rt_unrelated", "/*\n */\nstatic void ip_rt_unrelated");
        assertThat(carried(StubKernel.series()).hunks())
                .contains(new HunkProof("fix.patch", StubKernel.ROUTE, 1, 45, 2));
    }

    @Test
    void aTreeWithoutTheLastPatch() throws Exception {
        StubKernel.apply(tree, "instrument.patch");
        ProofOutcome.NotCarried not = notCarried(StubKernel.series());
        assertThat(not.patch()).isEqualTo("fix.patch");
        assertThat(not.hunk().orElseThrow().text()).contains("+\t\t\tfnhe->daddr = 0;");
        assertThat(not.treeLines()).anyMatch(l -> l.contains("unlink_fnhe"));
        assertThat(not.describe()).contains("the tree has there:");
    }

    @Test
    void aTreeWithoutAnyPatch() throws Exception {
        assertThat(notCarried(StubKernel.series(StubKernel.patch("instrument.patch")))
                        .patch())
                .isEqualTo("instrument.patch");
    }

    @Test
    void theWrongOrderIsNotTheSeries() throws Exception {
        applyAll();
        assertThat(notCarried(StubKernel.series(StubKernel.patch("fix.patch"), StubKernel.patch("instrument.patch")))
                        .patch())
                .isEqualTo("instrument.patch");
    }

    @Test
    void fuzzIsNotExact() throws Exception {
        StubKernel.apply(tree, "vendor-advmss.patch");
        StubKernel.apply(tree, "instrument.patch", "-F1");
        assertThat(notCarried(StubKernel.series(StubKernel.patch("instrument.patch")))
                        .why())
                .contains("exact context; with fuzz it can", "rediff");
    }

    @Test
    void somethingAppliedOnTopThatTouchesTheSameLines() throws Exception {
        applyAll();
        StubKernel.edit(tree.resolve(StubKernel.ROUTE), "fnhe->daddr = 0;", "fnhe->daddr = 1;");
        assertThat(notCarried(StubKernel.series()).treeLines()).anyMatch(l -> l.contains("fnhe->daddr = 1;"));
    }

    @Test
    void appliedTwiceIsNotAppliedOnce() throws Exception {
        String twice = """
                --- a/net/ipv4/same.c
                +++ b/net/ipv4/same.c
                @@ -1,6 +1,7 @@
                 same
                 same
                 same
                +same
                 same
                 same
                 same
                """;
        Files.writeString(tree.resolve("net/ipv4/same.c"), "same\n".repeat(12));
        ProofOutcome.NotCarried not = notCarried(StubKernel.series(StubKernel.patch("twice.patch", twice)));
        assertThat(not.why()).contains("more than once");
    }

    @Test
    void theSiblingIsNoticedWithoutAFunctionName() throws Exception {
        Path route = tree.resolve(StubKernel.ROUTE);
        Files.writeString(
                route, Files.readString(route).replaceFirst("(kfree_rcu\\(fnhe, rcu\\);\n)", "$1\t\t\tdone(fnhe);\n"));
        String bare = """
                --- a/net/ipv4/route.c
                +++ b/net/ipv4/route.c
                @@ -42,6 +42,7 @@
                 \t\t\tunlink_fnhe(fnhe);
                 \t\t\tfnhe_flush_routes(fnhe);
                 \t\t\tkfree_rcu(fnhe, rcu);
                +\t\t\tdone(fnhe);
                 \t\t\tbreak;
                 \t\t}
                 \t\tfnhe = next_of(fnhe);
                """;
        assertThat(notCarried(StubKernel.series(StubKernel.patch("bare.patch", bare)))
                        .why())
                .contains("fits in more than one place");
    }

    @Test
    void aHunkThatFitsTwiceAndNamesNoFunctionIsNoted() throws Exception {
        String twin = "a();\nb();\nc();\n";
        Files.writeString(tree.resolve("net/ipv4/twin.c"), twin.replace("b();", "b2();") + "x();\n" + twin);
        String text = "--- a/net/ipv4/twin.c\n+++ b/net/ipv4/twin.c\n@@ -1,3 +1,3 @@\n a();\n-b();\n+b2();\n c();\n";
        assertThat(carried(StubKernel.series(StubKernel.patch("twin.patch", text)))
                        .notes())
                .singleElement()
                .asString()
                .contains("net/ipv4/twin.c hunk 1: it names no function", "2 times");
    }

    @Test
    void theFixInASiblingFunctionIsNotTheFix() throws Exception {
        String bare = """
                --- a/net/ipv4/route.c
                +++ b/net/ipv4/route.c
                @@ -42,6 +42,7 @@ static void ip_del_fnhe(struct fib_nh *nh, __be32 daddr)
                 \t\t\tunlink_fnhe(fnhe);
                 \t\t\tfnhe_flush_routes(fnhe);
                 \t\t\tkfree_rcu(fnhe, rcu);
                +\t\t\tdone(fnhe);
                 \t\t\tbreak;
                 \t\t}
                 \t\tfnhe = next_of(fnhe);
                """;
        String file = Files.readString(tree.resolve(StubKernel.ROUTE));
        Path route = tree.resolve(StubKernel.ROUTE);
        Files.writeString(route, file.replaceFirst("(kfree_rcu\\(fnhe, rcu\\);\n)", "$1\t\t\tdone(fnhe);\n"));
        ProofOutcome.NotCarried not = notCarried(StubKernel.series(StubKernel.patch("bare.patch", bare)));
        assertThat(not.why()).contains("ip_del_fnhe", "stands in 'static void fnhe_remove_oldest");
        int at = file.lastIndexOf("\t\t\tbreak;\n");
        Files.writeString(route, file.substring(0, at) + "\t\t\tdone(fnhe);\n" + file.substring(at));
        carried(StubKernel.series(StubKernel.patch("bare.patch", bare)));
    }

    @Test
    void fuzzIntoAWrongFunctionIsSeen() throws Exception {
        // The function was reshaped, so that GNU patch with fuzz takes the sibling's lines for it.
        StubKernel.edit(
                tree.resolve(StubKernel.ROUTE),
                "if (fnhe->daddr == daddr) {\n\t\t\tunlink_fnhe(fnhe);",
                "if (fnhe->daddr == daddr) {\n\t\t\tdrop(fnhe);");
        String text = """
                --- a/net/ipv4/route.c
                +++ b/net/ipv4/route.c
                @@ -41,5 +41,6 @@ static void ip_del_fnhe(struct fib_nh *nh, __be32 daddr)
                 \t\tif (fnhe->daddr == daddr) {
                 \t\t\tunlink_fnhe(fnhe);
                +\t\t\tfnhe->daddr = 0;
                 \t\t\tfnhe_flush_routes(fnhe);
                 \t\t\tkfree_rcu(fnhe, rcu);
                 \t\t\tbreak;
                """;
        Path patch = dir.resolve("loose.patch");
        Files.writeString(patch, text);
        StubKernel.run(org.patchproof.process.Command.of("patch", "-p1", "-F2", "-i", patch.toString())
                        .in(tree))
                .orThrow();
        assertThat(Files.readString(tree.resolve(StubKernel.ROUTE)).indexOf("fnhe->daddr = 0"))
                .as("the fuzz really went wrong")
                .isLessThan(Files.readString(tree.resolve(StubKernel.ROUTE)).indexOf("ip_rt_unrelated"));
        assertThat(notCarried(StubKernel.series(PatchReader.read(patch))).patch())
                .isEqualTo("loose.patch");
    }

    @Test
    void theTreeIsOnlyRead() throws Exception {
        applyAll();
        Path route = tree.resolve(StubKernel.ROUTE);
        Files.setPosixFilePermissions(route, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));
        Object before = Files.getLastModifiedTime(route);
        carried(StubKernel.series());
        assertThat((Object) Files.getLastModifiedTime(route)).isEqualTo(before);
        assertThat(tree.resolve("net/ipv4")).isDirectoryNotContaining("glob:**.{rej,orig}");
    }

    @Test
    void aFileThatShouldBeGoneIsStillThere() throws Exception {
        applyAll();
        Files.writeString(tree.resolve("net/ipv4/old.c"), "obsolete\n");
        assertThat(notCarried(StubKernel.series()).path()).contains("net/ipv4/old.c");
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        applyAll();
        Files.move(tree.resolve("net"), dir.resolve("net"));
        Files.createSymbolicLink(tree.resolve("net"), dir.resolve("net"));
        assertThat(notCarried(StubKernel.series()).why()).contains("symbolic link");
    }
}
