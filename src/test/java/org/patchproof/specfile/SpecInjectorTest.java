package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.PatchStyle;
import org.patchproof.testing.StubKernel;

class SpecInjectorTest {
    private static final String END = "# END OF PATCH APPLICATIONS\n";
    private static final String FURTHER = "# Any further pre-build tree manipulations happen here.\n";

    private static String el8() {
        return Specs.text(Specs.fixture("el8"));
    }

    private static SpecFile el8(String what, String by) {
        return changed("el8", what, by);
    }

    private static SpecFile changed(String fixture, String what, String by) {
        String text = Specs.text(Specs.fixture(fixture));
        assertThat(text).contains(what);
        return Specs.parse(text.replace(what, by));
    }

    private static int lineOf(SpecFile spec, String text) {
        return spec.texts().indexOf(text) + 1;
    }

    // Where patches go

    @Test
    void aMarkerInsideAnIfIsNotUsed() {
        SpecFile spec = el8(END, "%if 0\n" + END + "%endif\n");
        InjectionOutcome.Injected injected = Specs.injected(spec);
        assertThat(injected.explanation().get(0)).contains("Any further pre-build");
        assertThat(lineOf(injected.spec(), "ApplyPatch fix.patch")).isGreaterThan(lineOf(injected.spec(), END.strip()));
    }

    @Test
    void aPatchBehindTheMarkerMovesUsToTheNextOne() {
        SpecFile spec = el8(END, END + "ApplyPatch vendor-two.patch\n");
        SpecFile injected = Specs.injected(spec).spec();
        assertThat(lineOf(injected, "ApplyPatch instrument.patch"))
                .isGreaterThan(lineOf(injected, "ApplyPatch vendor-two.patch"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ApplyPatch x.patch", "  ApplyOptionalPatch x.patch", "%patch3 -p1", "%patch -P 3 -p1",
                        "%setup -q -T -D -a 5",
                "%setup -q -n other", "patch -p1 < %{SOURCE4}", "git apply x.patch", "test -f x && ApplyPatch x",
                        "%autopatch -p1"
            })
    void nothingMayComeBehindUs(String later) {
        InjectionOutcome.Refused refused = Specs.refused(el8("touch .scmversion", later));
        assertThat(refused.seen()).containsAnyOf("sure to be applied last", "applies patches");
    }

    @Test
    void noAnchorNoInjection() {
        SpecFile spec = Specs.parse(el8().replace(END, "").replace(FURTHER, ""));
        assertThat(Specs.refused(spec).seen()).contains("stands 0 times");
        assertThat(Specs.refused(spec).remedy()).contains("# END OF PATCH APPLICATIONS");
    }

    @Test
    void anAnchorInAHeredocOrAShellIfIsNone() {
        assertThat(Specs.refused(Specs.parse(el8().replace(FURTHER, "").replace(END, "cat <<EOF\n" + END + "EOF\n")))
                        .seen())
                .contains("here-document");
        assertThat(Specs.refused(Specs.parse(
                                el8().replace(FURTHER, "").replace(END, "if false; then\n" + END + ":; fi\n")))
                        .seen())
                .contains("shell block");
        assertThat(Specs.refused(Specs.parse(el8().replace(FURTHER, "").replace(END, "exit 0\n" + END)))
                        .seen())
                .contains("behind the exit");
    }

    @Test
    void anAnchorInTheChangelogIsNone() {
        SpecFile spec = Specs.parse(el8().replace(END, "").replace(FURTHER, "") + "\n" + END);
        assertThat(Specs.refused(spec).seen()).contains("stands 0 times");
    }

    @Test
    void aStrayEndifIsSaidAndSurvived() {
        InjectionOutcome.Injected injected = Specs.injected(el8("# END OF PATCH DEFINITIONS", "%endif"));
        assertThat(injected.explanation()).anyMatch(l -> l.contains("%endif that closes nothing, in line 18"));
    }

    @Test
    void anUnclosedIfAroundTheAnchorIsRefused() {
        assertThat(Specs.refused(el8("%setup -q", "%if 1\n%setup -q")).seen()).contains("inside 1 %if");
    }

    @Test
    void theLastTagInsideAFalseIfDoesNotTakeUsIn() {
        SpecFile spec = Specs.injected(Specs.fixture("el7")).spec();
        SpecLine tag = spec.line(lineOf(spec, "Patch1002: instrument.patch"));
        assertThat(tag.depth()).isZero();
        assertThat(tag.number()).isGreaterThan(lineOf(spec, "Patch1001: vendor-never.patch"));
    }

    @Test
    void nestedIfsAroundTheLastTagAreAllLeft() {
        SpecFile spec =
                changed("azure", "Patch900: vendor-never.patch\n", "%if 0\nPatch900: vendor-never.patch\n%endif\n");
        SpecFile injected = Specs.injected(spec).spec();
        assertThat(injected.line(lineOf(injected, "Patch901: instrument.patch")).depth())
                .isZero();
    }

    @Test
    void anIfThatSwallowsTheTagsAndMoreIsRefused() {
        SpecFile spec = Specs.parse("%if 1\n" + el8().replace("%build\n", "%build\n%endif\n"));
        assertThat(Specs.refused(spec).seen()).contains("%prep stands inside an %if");
        SpecFile spans = el8("Patch999999: linux-kernel-test.patch\n", "%if 1\nPatch999999: linux-kernel-test.patch\n");
        spans = Specs.parse(Specs.text(spans).replace("%description\n", "%description\n%endif\n"));
        assertThat(Specs.refused(spans).seen()).contains("goes on beyond the tags");
    }

    @Test
    void functionsMustBeDefinedForSure() {
        assertThat(Specs.refused(el8("ApplyPatch()\n", "ApplyPatch()\n{\n  :\n}\nApplyPatch()\n"))
                        .seen())
                .contains("defined in line");
    }

    @Test
    void aMacroThatGoesOnBehindABackslashIsRefused() {
        // rpm ends the options of a macro at the end of the line, backslash or not.
        assertThat(Specs.refused(changed("mariner", "%patch1 -p1\n", "%patch1 -p1 \\\n  -F2\n"))
                        .seen())
                .contains("not a plain '-p1' patch");
        assertThat(Specs.refused(changed("azure", "%autosetup -p1 -n", "%autosetup -p1 \\\n -n"))
                        .seen())
                .contains("first line only");
    }

    @Test
    void aDirectoryChangedInsideTheLastIfIsRefused() {
        SpecFile spec = changed("openeuler", "%patch0002 -p1\n", "%patch0002 -p1\ncd ..\n");
        assertThat(Specs.refused(spec).seen()).contains("changes the directory").contains("cd ..");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%patch1 -p0 | not a plain '-p1' patch",
                "%patch1 -p1 -d sub | not a plain '-p1' patch",
                "%patch1 -R -p1 | not a plain '-p1' patch",
                "if x; then%NL%%patch1 -p1%NL%fi | shell block",
                "%patch1 -p1%NL%%setup -T -D -a 3 | changes the tree behind",
            })
    void numberedPatchesThatAreNotPlain(String call, String seen) {
        SpecFile spec = changed("mariner", "%patch1 -p1", call.replace("%NL%", "\n"));
        assertThat(Specs.refused(spec).seen()).contains(seen);
    }

    /** A driver's tree, patched behind the kernel's: ours are for the kernel. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "popd | :%NL%:%NL%:%NL%:%NL%popd | changes the directory",
                "popd | cd - | changes the directory",
                "pushd ../driver-%{driver_version} | cd ../driver-%{driver_version} | changes the directory",
                "%patch0 -p1%NL%%patch1 -p1 | : | changes the directory",
                "pushd ../driver-%{driver_version} | %setup -q -T -D -n driver-2.0%NL%pushd . | unpacks a tree",
            })
    void patchesOfAnotherTreeThatAreNotSureToBeLeft(String what, String by, String seen) {
        SpecFile spec = changed("photon-numbered", what.replace("%NL%", "\n"), by.replace("%NL%", "\n"));
        spec = Specs.parse(Specs.text(spec).replace("%if 0%{?kat_build:1}\n%patch1000 -p1\n%endif\n", ""));
        assertThat(Specs.refused(spec).seen()).contains(seen);
    }

    @Test
    void anotherTreeThatIsLeftInsideTheLastIfIsNoHindrance() {
        SpecFile spec = changed("photon-numbered", "pushd ..", "%if 1\npushd ..");
        spec = Specs.parse(Specs.text(spec).replace("popd\n", "popd\n%endif\n"));
        SpecFile injected = Specs.injected(spec).spec();
        assertThat(lineOf(injected, "%patch1501 -p1")).isGreaterThan(lineOf(injected, "popd") + 1);
    }

    @Test
    void aWideFuzzIsRefused() {
        assertThat(Specs.refused(el8("-F1 -s", "-F3 -s")).seen()).contains("fuzz of 3");
        assertThat(Specs.refused(Specs.parse("%global _default_patch_fuzz 3\n" + Specs.text(Specs.fixture("azure"))))
                        .seen())
                .contains("patch fuzz to 3");
    }

    // Dialects that are refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git am %{PATCH0} | not all that are declared",
                "git am -3 %{patches} | less, or elsewhere",
                "git am --directory=sub %{patches} | less, or elsewhere",
                "[ -n \"$APPLY\" ] && git am %{patches} | only if what stands before it",
                "git status && git am %{patches} | only if what stands before it",
                "[ -n \"$APPLY\" ] &&%NL%git am %{patches} | behind the &&",
                "%dnl git am %{patches} | no patches at all, though 1 are declared",
                "  %dnl %autosetup -p1 | no patches at all, though 1 are declared",
                "%if 0%NL%git am %{patches}%NL%%endif | inside an %if",
                "if x; then%NL%git am %{patches}%NL%fi | shell block",
                "git am %{patches}%NL%git am %{patches} | second git am",
                "git am %{patches}%NL%patch -p1 < x | changes the tree behind",
                "%autopatch -p1 -m 1 | range without an end",
                "%autopatch -m1 -M50 | -p1",
                "%autopatch -p1 -m1 -M50%NL%cd ..%NL%%if 0%NL%%autopatch -p1 -m60 -M70%NL%%endif | changes the directory",
                "%autopatch -p1 -m1 -M50%NL%pushd x%NL%%autopatch -p1 -m60 -M70 | changes the directory",
                "%autopatch -p1 -m1 -M50%NL%%patch7 -p1 | beside the ranges",
                "%autopatch -p1 -m1 -M%{last} | macros compute",
                "%if 0%NL%%autopatch -p1 -m1 -M50%NL%%endif | no range of patches is applied unconditionally",
                "if x; then%NL%%autopatch -p1 -m1 -M50%NL%fi | no range of patches is applied unconditionally",
                "%autopatch -p1 -m1 -M50%NL%%setup -T -D -a 1 | unpacks a tree",
                "%autopatch -p1 1 2 | range",
                "%autopatch -p0 | -p1",
                "%autopatch | -p1",
                "%autopatch -p1%NL%%autopatch -p1 | second line",
                "%autosetup -p1%NL%%autopatch -p1 | second line",
                "%autosetup -p1 -S git_am | git_am",
                "%autosetup -p1 %{?with_git:-S git} | macros compute",
                "%autosetup -N | no patches at all, though 1 are declared",
                "%if 0%NL%%autosetup -p1%NL%%endif | inside an %if",
                "%autosetup -p1%NL%%patch1 -p1 | applies patches beside",
                "%autosetup -p1%NL%%setup -T -D -a 1 | unpacks a tree",
                "if x; then%NL%sh %{SOURCE3}/apply-patches series.conf%NL%fi | shell block",
                "(cd linux && sh %{SOURCE3}/apply-patches series.conf) | changes the directory for itself",
                "sh %{SOURCE3}/apply-patches series.conf%NL%%setup -T -D -a 1 | changes the tree behind",
                "%if 1%NL%cd x%NL%sh %{SOURCE3}/apply-patches series.conf%NL%%endif | changes the directory",
                "%setup -q | no patches at all, though 1 are declared",
                "patch -p1 < %{PATCH0} | no known way",
            })
    void dialectsThatAreNotSure(String prep, String seen) {
        SpecFile spec = Specs.parse("Name: kernel\nRelease: 1\nSource0: x\nPatch0: y.patch\n%description\n\n%prep\n"
                + prep.replace("%NL%", "\n") + "\n\n%build\n");
        InjectionOutcome.Refused refused = Specs.refused(spec);
        assertThat(refused.seen()).contains(seen);
        assertThat(refused.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%setup -q -c | 0 %setup",
                "%setup -q -c%NL%cd linux-6.1%NL%cd ../linux-6.1 | 2 unconditional cd",
                "%setup -q -n linux-6.1 -c%NL%%if 1%NL%cd linux-6.1%NL%%endif | which line of %prep goes into",
                "%setup -q -c%NL%if x; then%NL%cd linux-6.1%NL%fi | stands inside the shell block",
                "%setup -q -c%NL%cd linux-6.1%NL%%setup -T -D -a 1 | unpacks a tree behind",
                "%setup -q -n linux-6.1%NL%%setup -T -D -a 1 | 0 unconditional cd or pushd, 1 %setup",
                "%setup -q -n linux-6.1%NL%quilt push -a | seems to apply patches",
                "%setup -q -n linux-6.1%NL%./vendor-scripts/go < fix.patch | seems to apply patches",
                "%setup -q -n linux-6.1%NL%%build%NL%x%NL%%install%NL%cd x && ./apply-patches x | series.conf",
            })
    void specsWithoutPatchesThatAreNotSure(String prep, String seen) {
        SpecFile spec = Specs.parse(
                "Name: kernel\nRelease: 1\nSource0: x\n%description\n\n%prep\n" + prep.replace("%NL%", "\n") + "\n");
        InjectionOutcome.Refused refused = Specs.refused(spec);
        assertThat(refused.seen() + " " + refused.remedy()).contains(seen);
    }

    @Test
    void aSpecThatPacksSourcesOnlyIsToldWhichOneToGive() {
        SpecFile spec =
                Specs.parse("Name: kernel-source\nRelease: 1\nSource0: x\nSource1: series.conf\n%description\n\n"
                        + "%prep\n%setup -q -c -T -a 0\n%build\n%install\ncd linux-6.1\n"
                        + "%_sourcedir/apply-patches --vanilla %_sourcedir/series.conf ..\n%files\n");
        assertThat(Specs.refused(spec).remedy())
                .contains("packs sources only", "kernel-default.spec", "SOURCES")
                .doesNotContain("behind it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%setup -q -n linux-6.1%NL%make mrproper | %setup -q -n linux-6.1",
                "%setup -q -c%NL%mv a linux%NL%cd linux-%{version}%NL%cp x . | cd linux-%{version}",
                "%setup -q -c%NL%pushd kernel-src > /dev/null%NL%cp x .%NL%popd | pushd kernel-src > /dev/null",
                "%autosetup -N -n linux-6.1 | %autosetup -N -n linux-6.1",
            })
    void specsWithoutPatchesGetThemRightBehindTheWayIn(String prep, String entry) {
        SpecFile spec = Specs.parse("Name: kernel\nRelease: 1\nSource0: x\n%description\n\n%prep\n"
                + prep.replace("%NL%", "\n") + "\n\n%build\n");
        SpecFile injected = Specs.injected(spec).spec();
        assertThat(lineOf(injected, "%patch -P 1 -p1")).isEqualTo(lineOf(injected, entry) + 2);
    }

    @Test
    void aRangeOfOursIsOutsideTheVendorsThoughItUsesFewNumbers() {
        SpecFile spec = Specs.parse("Name: k\nRelease: 1\nSource0: x\nPatch3: y.patch\n%description\n\n%prep\n"
                + "%setup -q\n%autopatch -p1 -m0 -M49\n%if 0\n%autopatch -p1 -m 600 -M 699\n%endif\n\n%build\n");
        assertThat(Specs.text(Specs.injected(spec).spec()))
                .contains("Patch700: instrument.patch\nPatch701: fix.patch\n")
                .contains("%endif\n# patchproof: begin")
                .contains("%autopatch -p1 -m700 -M700\n%autopatch -p1 -m701 -M701\n");
    }

    @Test
    void numbersThatLeaveNoRoomAreRefused() {
        assertThat(Specs.refused(changed("azure", "Patch900:", "Patch999999998:"))
                        .seen())
                .contains("leaves none above them");
    }

    @Test
    void noPrepNoPatch() {
        assertThat(Specs.refused(Specs.parse("Name: kernel\nRelease: 1\n%install\n"))
                        .seen())
                .contains("no %prep line");
        assertThat(Specs.refused(Specs.parse("Name: k\n%prep\n%build\n%prep\n")).seen())
                .contains("%prep stands 2 times");
    }

    @Test
    void patchesFromElsewhereWouldComeBehindOurs() {
        String azure = Specs.text(Specs.fixture("azure"));
        assertThat(Specs.refused(Specs.parse(azure.replace("Patch5:", "%include more.inc\nPatch5:")))
                        .seen())
                .contains("includes a file");
        assertThat(Specs.refused(Specs.parse(azure.replace("%prep\n", "%patchlist\nx.patch\n\n%prep\n")))
                        .seen())
                .contains("%patchlist");
    }

    // Names and numbers

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.patch",
                "a+b.patch",
                "a$.patch",
                "a[1].patch",
                "-a.patch",
                "a.patch.gz",
                "a%b.patch",
                "ä.patch",
                "a'.patch",
                ""
            })
    void namesThatTheListingCheckOrTheShellWouldMistake(String name) {
        Patch fix = StubKernel.patch("fix.patch");
        Patch odd = PatchReader.parse(name, fix.bytes(PatchStyle.AS_GIVEN));
        InjectionOutcome.Refused refused =
                Specs.refused(Specs.fixture("el7"), InjectionRequest.of(StubKernel.series(odd), ".x"));
        assertThat(refused.remedy()).startsWith("rename it").doesNotContain(name + "\n");
    }

    @Test
    void aNameThatTheSpecHasAlreadyIsRefused() {
        Patch test = PatchReader.parse(
                "linux-kernel-test.patch", StubKernel.patch("fix.patch").bytes(PatchStyle.AS_GIVEN));
        assertThat(Specs.refused(Specs.fixture("el8"), InjectionRequest.of(StubKernel.series(test), ".x"))
                        .seen())
                .contains("already, in line 16");
    }

    @Test
    void tagsAreWrittenAsTheListingCheckWantsThem() {
        String text = Specs.text(Specs.injected(Specs.fixture("el7")).spec());
        assertThat(text.lines().filter(l -> l.matches("Patch[0-9]+: (instrument|fix)\\.patch")))
                .hasSize(2);
    }

    @Test
    void tagsAreFoundHoweverTheyAreWritten() {
        SpecFile spec =
                el8("Patch999999:", "patch0077 :  odd.patch\n  PATCH12:\tx.patch\nPatch: y.patch\nPatch999999:");
        assertThat(Specs.text(Specs.injected(spec).spec())).contains("Patch79: instrument.patch\nPatch80: fix.patch\n");
    }

    @Test
    void theListingCheckNeedsTheSpecUnderItsName() {
        SpecFile renamed =
                SpecFile.parse("kernel-refleak.spec", Specs.fixture("el7").print());
        assertThat(Specs.refused(renamed).seen()).contains("named kernel-refleak.spec", "%{_specdir}/kernel.spec");
        SpecFile el6 =
                SpecFile.parse("kernel-refleak.spec", Specs.fixture("el6").print());
        assertThat(Specs.injected(el6).dialect()).startsWith("EL6");
    }

    @Test
    void aShortPatchIsAppliedByTheFunctionThatDoesNotSkipIt() {
        Patch tiny = StubKernel.patch("tiny.patch", "--- a/x/y\n+++ b/x/y\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        InjectionRequest request = InjectionRequest.of(StubKernel.series(tiny), ".x");
        assertThat(Specs.text(Specs.injected(Specs.fixture("ours"), request).spec()))
                .contains("\nApplyPatch tiny.patch\n");
        String only = el8().replace("ApplyPatch()", "Unused()")
                .replace("    ApplyPatch $patch", "    patch -p1 -F1 < $patch");
        assertThat(Specs.refused(Specs.parse(only), request).seen()).contains("has 6 lines", "skips files of 9 lines");
        assertThat(Specs.text(Specs.injected(Specs.parse(only)).spec())).contains("\nApplyOptionalPatch fix.patch\n");
    }

    // Functions that take a path

    @Test
    void onlyAFunctionThatLooksPatchesUpNeedsTheSpecUnderItsName() {
        for (String fixture : List.of("by-path", "by-loop")) {
            SpecFile renamed = SpecFile.parse("x.spec", Specs.fixture(fixture).print());
            assertThat(Specs.injected(renamed).dialect()).contains("git apply");
        }
        SpecFile el9 = SpecFile.parse("x.spec", Specs.fixture("el9").print());
        assertThat(Specs.refused(el9).seen()).contains("listing check");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ApplyPatch $i | [ -f $i ] && ApplyPatch $i | not plain",
                "ApplyPatch $i | case $i in%NL%*.patch) ApplyPatch $i;;%NL%esac | not plain",
                "ApplyPatch $i | ApplyPatch $(basename $i) | not plain",
                "in %{patches} | in %{SOURCE0} %{patches} | not plain",
                "ApplyPatch $i | Apply2Patch $i | not plain",
                "for i in | :%NL%%endif%NL%%if 0%NL%for i in | inside an %if",
                "for i in | if test -n \"$x\"; then%NL%for i in | shell block",
                "touch .scmversion | ApplyPatch %{PATCH1} | changes the tree behind",
                "ApplyPatch()%NL% | Other()%NL%{%NL%  :%NL%}%NL%ApplyPatch()%NL%{%NL%  :%NL%}%NL%ApplyPatch()%NL% | and again in",
                "if [ ! -f $patch ] | if [ ! -f $RPM_SOURCE_DIR/$patch ] | not plain",
            })
    void loopsThatAreNotSure(String what, String by, String seen) {
        SpecFile spec = changed("by-loop", what.replace("%NL%", "\n"), by.replace("%NL%", "\n"));
        assertThat(Specs.refused(spec).seen()).contains(seen);
    }

    @Test
    void aListingCheckOfPathsIsRefused() {
        String check = "  grep -E \"^Patch[0-9]+: $patch\\$\" kernel.spec || exit 1\n  case ";
        assertThat(Specs.refused(changed("by-path", "  case ", check)).seen()).contains("opens its argument as it is");
        SpecFile base = changed("by-path", "  case ", check.replace("$patch", "${patch##/*/}"));
        assertThat(Specs.text(Specs.injected(base).spec())).contains("\nApplyPatch %{PATCH7003}\n");
    }

    @Test
    void whatAPlainPatchCannotCarryIsSaid() {
        Patch tool = StubKernel.patch(
                "tool.patch",
                "diff --git a/s/t b/s/t\nnew file mode 100755\n--- /dev/null\n+++ b/s/t\n@@ -0,0 +1 @@\n+#!/bin/sh\n");
        InjectionRequest request = InjectionRequest.of(StubKernel.series(tool), ".x");
        assertThat(Specs.injected(Specs.fixture("el9"), request).explanation())
                .anyMatch(l -> l.contains("tool.patch creates an executable file"));
        assertThat(Specs.injected(Specs.fixture("el8"), request).explanation())
                .noneMatch(l -> l.contains("executable"));
    }

    // The release

    @ParameterizedTest
    @ValueSource(strings = {"refleak", ".Ref", ".a-b", ".", "..a", ".a.", "", ".a b", ".%x"})
    void suffixesThatRpmWouldMistake(String suffix) {
        assertThatThrownBy(() -> new ReleaseSuffix(suffix)).hasMessageContaining("lower-case letters");
    }

    @Test
    void withoutASuffixTheReleaseIsLeftAlone() {
        InjectionRequest request = new InjectionRequest(StubKernel.series(), Optional.empty(), Optional.empty());
        InjectionOutcome.Injected injected = Specs.injected(Specs.fixture("ours"), request);
        assertThat(injected.rpmbuildDefines()).isEmpty();
        assertThat(Specs.text(injected.spec())).doesNotContain("refleak", "was:");
    }

    @Test
    void anActiveBuildidIsExtended() {
        String text = Specs.text(Specs.injected(el8("# define buildid .local", "%define buildid .mine"))
                .spec());
        assertThat(text).contains("%define buildid .mine.refleak\n");
        assertThat(Specs.refused(el8("# define buildid .local", "%if 1\n%define buildid .mine\n%endif"))
                        .seen())
                .contains("not plain");
    }

    @Test
    void aReleaseThatMayNotReachBuildidIsEdited() {
        SpecFile spec = el8(
                "%define pkg_release %{pkgrelease}%{?buildid}",
                "%if 1\n%define pkg_release 1%{?buildid}\n%else\n%define pkg_release 2\n%endif");
        assertThat(Specs.text(Specs.injected(spec).spec())).contains("\nRelease: %{pkg_release}.refleak\n");
    }

    // Changelog

    /** Whoever rebuilds a source package has none of our options. */
    @Test
    void aSuffixForASourcePackageIsInTheSpecAndComesOutAgain() {
        SpecFile spec = Specs.parse("Name: kernel\nVersion: 1\nRelease: 3%{?buildid}\nSource0: a.tar\n"
                + "%prep\n%setup -q\n%build\n%changelog\n* Mon Nov 23 2026 A <a@b> - 1-3\n- x\n");
        InjectionRequest request = InjectionRequest.forSourcePackage(
                StubKernel.series(),
                new ReleaseSuffix(".fix"),
                new ChangelogEntry(java.time.LocalDate.of(2026, 11, 23), "B <b@c>", List.of("y")));
        InjectionOutcome.Injected injected = (InjectionOutcome.Injected) SpecInjector.inject(spec, request);
        assertThat(injected.rpmbuildDefines()).isEmpty();
        assertThat(injected.spec().texts().subList(0, 3)).contains("%define buildid .fix");
        assertThat(Marks.strip(injected.spec())).isEqualTo(spec);
        assertThat(SpecInjector.inject(injected.spec(), request))
                .isEqualTo(new InjectionOutcome.AlreadyInjected(injected));
    }

    private static InjectionRequest logged(LocalDate date) {
        ChangelogEntry entry = new ChangelogEntry(date, "Zoë <z@example.com>", List.of("100% fixed"));
        return new InjectionRequest(StubKernel.series(), Optional.empty(), Optional.of(entry));
    }

    @Test
    void aChangelogEntryGoesOnTop() {
        InjectionOutcome.Injected injected = Specs.injected(Specs.fixture("el8"), logged(LocalDate.of(2020, 3, 4)));
        assertThat(new String(injected.spec().print(), StandardCharsets.UTF_8))
                .contains(
                        "* Wed Mar 04 2020 Zoë <z@example.com>\n- 100%% fixed\n# patchproof: end\n* Wed Mar 04 2020 A Vendor");
    }

    @Test
    void aChangelogThatIsTheLastLineGetsItsEntry() {
        String text = Specs.text(Specs.fixture("el8"));
        SpecFile spec = Specs.parse(text.substring(0, text.indexOf("%changelog") + "%changelog".length()));
        SpecFile injected =
                Specs.injected(spec, logged(LocalDate.of(2020, 3, 4))).spec();
        assertThat(Specs.text(injected)).contains("- 100%% fixed\n");
        assertThat(Marks.strip(injected)).isEqualTo(spec);
    }

    @Test
    void aChangelogEntryOutOfOrderIsRefused() {
        assertThat(Specs.refused(Specs.fixture("el8"), logged(LocalDate.of(2020, 3, 3)))
                        .seen())
                .contains("newest changelog entry is of 2020-03-04");
        assertThat(Specs.refused(el8("%changelog\n", ""), logged(LocalDate.of(2020, 3, 4)))
                        .seen())
                .contains("0 unconditional %changelog");
    }

    @Test
    void anEntryOfTodayIsTheSameTomorrow() {
        SpecFile once = Specs.injected(Specs.fixture("el8"), today(LocalDate.of(2026, 11, 24), "fixed"))
                .spec();
        assertThat(SpecInjector.inject(once, today(LocalDate.of(2026, 11, 25), "fixed")))
                .isInstanceOf(InjectionOutcome.AlreadyInjected.class);
        assertThat(Specs.refused(once, today(LocalDate.of(2026, 11, 25), "mended"))
                        .seen())
                .contains("another injection");
        ChangelogEntry asked = new ChangelogEntry(LocalDate.of(2026, 11, 25), "Zoë <z@example.com>", List.of("fixed"));
        assertThat(Specs.refused(once, new InjectionRequest(StubKernel.series(), Optional.empty(), Optional.of(asked)))
                        .seen())
                .contains("another injection");
    }

    private static InjectionRequest today(LocalDate today, String line) {
        ChangelogEntry entry =
                new ChangelogEntry(today, ChangelogEntry.Dating.TODAY, "Zoë <z@example.com>", List.of(line));
        return new InjectionRequest(StubKernel.series(), Optional.empty(), Optional.of(entry));
    }

    // Twice

    @Test
    void anotherSeriesIsNotPutOnTop() {
        SpecFile once = Specs.injected(Specs.fixture("el8")).spec();
        PatchSeries other = StubKernel.series(StubKernel.patch("fix.patch"));
        assertThat(Specs.refused(once, InjectionRequest.of(other, ".refleak")).remedy())
                .contains("vendor's spec");
        assertThat(Specs.refused(once, InjectionRequest.of(StubKernel.series(), ".other"))
                        .seen())
                .contains("another injection");
    }

    @Test
    void anInjectionThatWasEditedSinceIsNotTakenForDone() {
        SpecFile once = Specs.injected(Specs.fixture("el8")).spec();
        SpecFile edited = Specs.parse(Specs.text(once).replace("ApplyPatch fix.patch\n", ""));
        assertThat(Specs.refused(edited).seen()).contains("edited since");
    }

    @Test
    void handMadeInjectionsAreNotDoubled() {
        SpecFile byHand = el8("Patch999999:", "Patch7: fix.patch\nPatch999999:");
        assertThat(Specs.refused(byHand).seen()).contains("declares a file fix.patch already");
    }
}
