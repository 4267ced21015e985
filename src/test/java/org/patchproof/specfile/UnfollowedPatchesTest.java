package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.specfile.VendorPatches.VendorPatch;

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
                "^xzcat %{SOURCE50} | patch -p1 -F1 -s^ | other",
                "^%if 1%NL%xzcat %{SOURCE50} | patch -p1 -F1 -s%NL%%endif^ | patch-5.6.7.xz",
                "^%if 1%NL%for p in x; do git apply $p; done%NL%%endif^ | other",
                "^%_sourcedir/apply-patches %_sourcedir/series.conf ..^ | other",
                "^%if 1%NL%Applypatches series.conf x%NL%%endif^ | series.conf",
                "^git am %{PATCH1}^ | other",
                "^git apply < %{PATCH2}^ | other",
                "^patch -R -p1 < %{PATCH1}^ | other",
                "^%patch2 -p1^ | b.patch.xz",
                "^%autosetup -p1^ | b.patch.xz",
            })
    void whatCannotBeFollowedIsTold(String prep, String file) {
        assertThat(of(prep, file)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^%if 0%NL%xzcat %{SOURCE50} | patch -p1 -F1 -s%NL%%endif^ | other",
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
        assertThat(VendorPatches.of(Specs.parse(HEAD + "patch -p1 < %{PATCH1}\ngit apply %{PATCH2}\n")))
                .extracting(VendorPatch::file)
                .containsExactly("a.patch");
    }

    @Test
    void theLineIsSaid() {
        assertThat(of("xzcat %{SOURCE50} | patch -p1")).containsExactly("line 8: xzcat %{SOURCE50} | patch -p1");
    }
}
