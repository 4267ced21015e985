package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.ProofOutcome;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.testing.StubKernel;

/** The real rpmbuild on each dialect; and on each way of being skipped in silence. */
class SpecInjectorIT {
    @TempDir
    Path dir;

    static Stream<String> all() {
        return Specs.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void afterPrepTheTreeCarriesTheSeries(String name) throws Exception {
        InjectionOutcome.Injected injected = Specs.injected(Specs.fixture(name));
        RpmTop top = RpmTop.create(dir)
                .of(name)
                .sources(StubKernel.series(), injected.patchStyle())
                .spec(injected.spec());
        CommandResult prep = top.prep(injected.rpmbuildDefines());
        assertThat(prep.ok()).as(prep.transcript()).isTrue();
        assertThat(top.proof(StubKernel.series())).isInstanceOf(ProofOutcome.Carried.class);
        assertThat(Files.readString(top.tree().resolve(StubKernel.ROUTE)).split("fnhe->daddr = 0;", -1))
                .as("patched exactly once")
                .hasSize(2);
        assertThat(top.release(injected.rpmbuildDefines())).contains(".refleak");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theVendorsSpecAloneDoesNotCarryIt(String name) throws Exception {
        RpmTop top = RpmTop.create(dir).of(name).spec(Specs.fixture(name));
        CommandResult prep = top.prep(List.of());
        assertThat(prep.ok()).as(prep.transcript()).isTrue();
        assertThat(top.proof(StubKernel.series())).isInstanceOf(ProofOutcome.NotCarried.class);
    }

    private static SpecFile byHand(String fixture, String... whatAndBy) {
        String text = Specs.text(Specs.fixture(fixture));
        for (int i = 0; i < whatAndBy.length; i += 2) {
            assertThat(text).contains(whatAndBy[i]);
            text = text.replace(whatAndBy[i], whatAndBy[i + 1]);
        }
        return Specs.parse(text);
    }

    /** rpmbuild is content, and yet the patch is not in. */
    private void skippedInSilence(SpecFile spec, Patch patch) throws Exception {
        PatchSeries series = StubKernel.series(patch);
        RpmTop top = RpmTop.create(dir).sources(series, PatchStyle.AS_GIVEN).spec(spec);
        CommandResult prep = top.prep(List.of());
        assertThat(prep.ok()).as(prep.transcript()).isTrue();
        assertThat(top.proof(series)).isInstanceOf(ProofOutcome.NotCarried.class);
    }

    @Test
    void trapDeclaredButNeverCalled() throws Exception {
        skippedInSilence(
                byHand("el7", "Patch999999:", "Patch7: instrument.patch\nPatch999999:"),
                StubKernel.patch("instrument.patch"));
    }

    @Test
    void trapNineLinesOrFewer() throws Exception {
        Patch tiny = StubKernel.patch("tiny.patch", """
                --- a/net/ipv4/probe.c
                +++ b/net/ipv4/probe.c
                @@ -1 +1 @@
                -int probe;
                +int probed;
                """.replace("net/ipv4/probe.c", "net/ipv4/old.c")
                .replace("int probe;", "obsolete")
                .replace("int probed;", "new"));
        skippedInSilence(
                byHand(
                        "ours",
                        "Patch999999:",
                        "Patch7: tiny.patch\nPatch999999:",
                        "# END OF PATCH",
                        "ApplyOptionalPatch tiny.patch\n# END OF PATCH"),
                tiny);
    }

    @Test
    void trapBehindTheLastPatchInsideAFalseIf() throws Exception {
        skippedInSilence(
                byHand(
                        "openeuler",
                        "%patch0002 -p1\n",
                        "%patch0002 -p1\n%patch7 -p1\n",
                        "Patch0001:",
                        "Patch7: instrument.patch\nPatch0001:"),
                StubKernel.patch("instrument.patch"));
    }

    @Test
    void trapLastTagInsideAFalseIf() throws Exception {
        skippedInSilence(
                byHand(
                        "azure",
                        "Patch900: vendor-never.patch\n",
                        "Patch900: vendor-never.patch\nPatch901: instrument.patch\n"),
                StubKernel.patch("instrument.patch"));
    }

    @Test
    void trapOutsideEveryRange() throws Exception {
        skippedInSilence(
                byHand(
                        "qubes",
                        "%autopatch -p1",
                        "%autopatch -p1 -m 0 -M 100",
                        "Patch0:",
                        "Patch101: instrument.patch\nPatch0:"),
                StubKernel.patch("instrument.patch"));
    }

    @Test
    void trapGitApplyInsideAnotherWorkTree() throws Exception {
        StubKernel.run(Command.of("git", "init", "-q", dir.toString())).orThrow();
        skippedInSilence(
                byHand(
                        "el9",
                        "Patch999999:",
                        "Patch7: instrument.patch\nPatch999999:",
                        "# END OF PATCH APPLICATIONS",
                        "ApplyPatch instrument.patch\n# END OF PATCH APPLICATIONS"),
                StubKernel.patch("instrument.patch"));
    }

    @Test
    void insideAnotherWorkTreeOurInjectionIsApplied() throws Exception {
        StubKernel.run(Command.of("git", "init", "-q", dir.toString())).orThrow();
        afterPrepTheTreeCarriesTheSeries("el9");
    }

    /** Lines behind the place where the vendor's spec takes patches: ours go behind them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar xzOf %{SOURCE0} linux-6.1/net/ipv4/route.c > fresh.c\ncp fresh.c net/ipv4/route.c",
                "tar xf %{SOURCE0} --strip-components=1",
                "cd ..\ntar xf %{SOURCE0}\ncd linux-6.1",
            })
    void trapAFileThatIsPutBackBehindThePlace(String lines) throws Exception {
        SpecFile vendors = byHand("xenserver", "make mrproper", lines + "\nmake mrproper");
        SpecFile before = byHand(
                "xenserver",
                "Source0:",
                "Patch1: instrument.patch\nSource0:",
                "make mrproper",
                "%patch -P 1 -p1\n" + lines + "\nmake mrproper");
        skippedInSilence(before, StubKernel.patch("instrument.patch"));
        SpecInjector.inject(vendors, Specs.request())
                .match(
                        injected -> assertThat(carried(injected)).isInstanceOf(ProofOutcome.Carried.class),
                        again -> fail("injected before"),
                        refused -> assertThat(refused.seen()).contains("may undo the patches"));
    }

    private ProofOutcome carried(InjectionOutcome.Injected injected) {
        try {
            RpmTop top = RpmTop.create(dir.resolve("ours"))
                    .sources(StubKernel.series(), injected.patchStyle())
                    .spec(injected.spec());
            CommandResult prep = top.prep(injected.rpmbuildDefines());
            assertThat(prep.ok()).as(prep.transcript()).isTrue();
            return top.proof(StubKernel.series());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What ends the script, or makes of rpm's own tools others: refused, as rpmbuild is content with all of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec true",
                "%define bye exit 0\n%bye",
                "%define __patch /bin/true",
                "%define _default_patch_flags --dry-run",
            })
    void trapPatchesThatAreNeverReached(String lines) throws Exception {
        SpecFile by = byHand(
                "xenserver",
                "Source0:",
                "Patch1: instrument.patch\nSource0:",
                "make mrproper",
                lines + "\n%patch -P 1 -p1\nmake mrproper");
        skippedInSilence(by, StubKernel.patch("instrument.patch"));
        Specs.refused(by);
    }

    /** rpmbuild stops: each of these is why an injection by hand fails, and why ours is refused or done otherwise. */
    private String stops(SpecFile spec, Patch... patches) throws Exception {
        PatchSeries series = StubKernel.series(patches);
        RpmTop top = RpmTop.create(dir).sources(series, PatchStyle.AS_GIVEN).spec(spec);
        CommandResult prep = top.prep(List.of());
        assertThat(prep.ok()).as(prep.transcript()).isFalse();
        return prep.output();
    }

    private static final String CALL = "# END OF PATCH APPLICATIONS";

    @Test
    void trapANumberUsedTwice() throws Exception {
        assertThat(stops(
                        byHand("el8", "Patch999999:", "Patch999999: instrument.patch\nPatch999999:"),
                        StubKernel.patch("instrument.patch")))
                .contains("999999 defined multiple times");
    }

    @Test
    void trapANameWithARegexCharacter() throws Exception {
        Patch plus = StubKernel.patch("a+b.patch", StubKernel.patch("fix.patch").content());
        SpecFile spec =
                byHand("el8", "Patch999999:", "Patch7: a+b.patch\nPatch999999:", CALL, "ApplyPatch a+b.patch\n" + CALL);
        stops(spec, plus);
        assertThat(Specs.refused(Specs.fixture("el8"), InjectionRequest.of(StubKernel.series(plus), ".x"))
                        .remedy())
                .contains("rename it");
    }

    @Test
    void trapTwoBlanksBehindTheColon() throws Exception {
        stops(
                byHand(
                        "el8",
                        "Patch999999:",
                        "Patch7:  fix.patch\nPatch999999:",
                        CALL,
                        "ApplyPatch fix.patch\n" + CALL),
                StubKernel.patch("fix.patch"));
    }

    @Test
    void trapARenamedSpec() throws Exception {
        SpecFile injected = Specs.injected(Specs.fixture("el8")).spec();
        RpmTop top = RpmTop.create(dir)
                .sources(StubKernel.series(), PatchStyle.AS_GIVEN)
                .spec(SpecFile.parse("kernel-refleak.spec", injected.print()));
        assertThat(top.prep(List.of()).ok()).isFalse();
        SpecFile renamed =
                SpecFile.parse("kernel-refleak.spec", Specs.fixture("el8").print());
        assertThat(Specs.refused(renamed).seen()).contains("named kernel-refleak.spec");
    }

    @Test
    void trapAPlainDiffForGitAm() throws Exception {
        SpecFile spec = byHand("fedora32", "Patch100:", "Patch7: plain.patch\nPatch100:");
        Patch plain = StubKernel.patch(
                "plain.patch", new String(StubKernel.patch("fix.patch").bytes(PatchStyle.PLAIN)));
        RpmTop top = RpmTop.create(dir).of("fedora32").sources(StubKernel.series(plain), PatchStyle.AS_GIVEN);
        CommandResult prep = top.spec(spec).prep(List.of());
        assertThat(prep.ok()).isFalse();
        assertThat(prep.output()).contains("Patch format detection failed");
    }

    @Test
    void aPlainDiffIsMadeAMailForGitAm() throws Exception {
        Patch plain = StubKernel.patch(
                "plain.patch", new String(StubKernel.patch("fix.patch").bytes(PatchStyle.PLAIN)));
        PatchSeries series = StubKernel.series(StubKernel.patch("instrument.patch"), plain);
        InjectionOutcome.Injected injected =
                Specs.injected(Specs.fixture("fedora32"), InjectionRequest.of(series, ".x"));
        RpmTop top = RpmTop.create(dir)
                .of("fedora32")
                .sources(series, injected.patchStyle())
                .spec(injected.spec());
        CommandResult prep = top.prep(injected.rpmbuildDefines());
        assertThat(prep.ok()).as(prep.transcript()).isTrue();
        assertThat(top.proof(series)).isInstanceOf(ProofOutcome.Carried.class);
    }

    @Test
    void insideAFalseIfAtTheEndOfTheTagsIsNotWhereWeGo() throws Exception {
        SpecFile spec = byHand("el8", "# END OF PATCH DEFINITIONS", "%if 0\nPatch8: vendor-never.patch\n%endif");
        InjectionOutcome.Injected injected = Specs.injected(spec);
        RpmTop top = RpmTop.create(dir)
                .sources(StubKernel.series(), injected.patchStyle())
                .spec(injected.spec());
        assertThat(top.prep(injected.rpmbuildDefines()).ok()).isTrue();
        assertThat(top.proof(StubKernel.series())).isInstanceOf(ProofOutcome.Carried.class);
    }

    @Test
    void aStrayEndifIsNoReasonToGoAstray() throws Exception {
        SpecFile spec = byHand("el8", "# END OF PATCH DEFINITIONS", "%endif");
        CommandResult vendors = RpmTop.create(dir.resolve("vendor")).spec(spec).prep(List.of());
        InjectionOutcome.Injected injected = Specs.injected(spec);
        RpmTop top = RpmTop.create(dir.resolve("ours"))
                .sources(StubKernel.series(), injected.patchStyle())
                .spec(injected.spec());
        CommandResult ours = top.prep(injected.rpmbuildDefines());
        assertThat(ours.ok()).as("as the vendor's own: " + vendors.transcript()).isEqualTo(vendors.ok());
        if (ours.ok()) {
            assertThat(top.proof(StubKernel.series())).isInstanceOf(ProofOutcome.Carried.class);
        }
    }

    @Test
    void aPatchAppliedByFuzzIsNotCalledCarried() throws Exception {
        InjectionOutcome.Injected injected = Specs.injected(byHand(
                "ours",
                "Patch999999:",
                "Patch1: vendor-never.patch\nPatch999999:",
                "ApplyOptionalPatch linux-kernel-test.patch",
                "ApplyPatch vendor-never.patch"));
        RpmTop top = RpmTop.create(dir)
                .sources(StubKernel.series(), injected.patchStyle())
                .spec(injected.spec());
        CommandResult prep = top.prep(injected.rpmbuildDefines());
        assertThat(prep.ok()).as(prep.transcript()).isTrue();
        assertThat(top.proof(StubKernel.series())).isInstanceOf(ProofOutcome.NotCarried.class);
    }
}
