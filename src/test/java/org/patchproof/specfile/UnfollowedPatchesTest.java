package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.patch.ApplyRule;
import org.patchproof.specfile.VendorPatches.VendorPatch;
import org.patchproof.specfile.VendorPatches.When;

class UnfollowedPatchesTest {
    private static final String HEAD = "Name: kernel\nVersion: 5.6\nSource1: series.conf\n"
            + "Source50: patch-%{version}.7.xz\nPatch1: a.patch\nPatch2: b.patch.xz\n%prep\n";

    private static java.util.List<String> of(String prep, String... files) {
        return UnfollowedPatches.of(Specs.parse(HEAD + prep.replace("%NL%", "\n") + "\n"), Set.of(files));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^xzcat %{SOURCE50} | sed x | patch -p1 -F1 -s^ | other",
                "^%if 1%NL%xzcat %{SOURCE50} | patch -p1 -R%NL%%endif^ | patch-5.6.7.xz",
                "^%if 1%NL%for p in x; do git apply $p; done%NL%%endif^ | other",
                "^%_sourcedir/apply-patches %_sourcedir/series.conf ..^ | other",
                "^%if 1%NL%Applypatches series.conf x%NL%%endif^ | series.conf",
                "^git am %{PATCH1}^ | other",
                "^git apply < %{PATCH2}^ | other",
                "^patch -R -p1 < %{PATCH1}^ | other",
                "^xzcat %{SOURCE50} | patch -p1^ | other",
                "^%if 1%NL%xzcat %{_sourcedir}/patch-%{unknown}.xz | patch -p1%NL%%endif^ | other",
                "^git am %{patches}^ | b.patch.xz",
                "^patch -p1 < %{PATCH2}^ | b.patch.xz",
                "^ApplyPatch b.patch.xz^ | b.patch.xz",
                "^ApplyPatch()%NL%{%NL%unxz < $1 | $cmd%NL%}%NL%ApplyOptionalPatch b.patch.xz^ | b.patch.xz",
                "^ApplyPatch()%NL%{%NL%gunzip < $1 | $cmd%NL%}%NL%ApplyPatch b.patch.xz^ | b.patch.xz",
            })
    void whatCannotBeFollowedIsTold(String prep, String file) {
        assertThat(of(prep, file)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^%if 0%NL%xzcat %{SOURCE50} | patch -p1 -R%NL%%endif^ | other",
                "^xzcat %{SOURCE50} | patch -p1 -F1 -s^ | patch-5.6.7.xz",
                "^%patch2 -p1^ | b.patch.xz",
                "^%autosetup -p1^ | b.patch.xz",
                "^ApplyPatch()%NL%{%NL%unxz < $1 | $cmd%NL%}%NL%ApplyPatch b.patch.xz^ | b.patch.xz",
                "^%if 0%NL%Applypatches series.conf x%NL%%endif^ | other",
                "^patch -p1 < %{PATCH1}^ | a.patch",
                "^git am %{patches}^ | a.patch",
                "^%autosetup -p1^ | a.patch",
                "^# xzcat x | patch -p1^ | other",
            })
    void whatDoesNotRunOrIsPlainIsNot(String prep, String file) {
        assertThat(of(prep, file)).isEmpty();
    }

    @Test
    void aPatchThatIsFedToTheToolIsTheVendors() {
        assertThat(VendorPatches.of(Specs.parse(HEAD + "patch -p1 < %{PATCH1}\nxzcat %{PATCH2} | patch -p1 -F1\n")))
                .containsExactly(
                        new VendorPatch("a.patch", When.ALWAYS, Optional.of(ApplyRule.gnuPatch(2)), false),
                        new VendorPatch("b.patch.xz", When.ALWAYS, Optional.of(ApplyRule.gnuPatch(1)), true));
    }

    @Test
    void theLineIsSaid() {
        assertThat(of("xzcat %{SOURCE50} | patch -p0")).containsExactly("line 8: xzcat %{SOURCE50} | patch -p0");
    }
}
