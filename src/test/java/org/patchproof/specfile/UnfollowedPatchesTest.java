package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.patch.ApplyRule;
import org.patchproof.specfile.VendorPatches.How;
import org.patchproof.specfile.VendorPatches.VendorPatch;
import org.patchproof.specfile.VendorPatches.When;

class UnfollowedPatchesTest {
    private static final String HEAD = "Name: kernel\nVersion: 5.6\nSource1: series.conf\n"
            + "Source50: patch-%{version}.7.xz\nPatch1: a.patch\nPatch2: b.patch.xz\n%prep\n";

    private static java.util.List<String> of(String prep, String... files) {
        return UnfollowedPatches.of(
                Specs.parse(HEAD + prep.replace("%NL%", "\n") + "\n"),
                Set.of(files),
                Set.of("net/ipv4/route.c", "Makefile"));
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
                "^%patch1 -p1 -R^ | a.patch",
                "^%patch1 -p1 -d x^ | a.patch",
                "^%patch1 -p1 -F3^ | a.patch",
                "^%autosetup -n x^ | a.patch",
                "^%autopatch -m0^ | a.patch",
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
                "^%autosetup -N -n x^ | a.patch",
                "^%patch -P1 -F 1 -p0 -b .orig^ | a.patch",
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
                        new VendorPatch(
                                "a.patch", When.ALWAYS, new How(Optional.of(ApplyRule.gnuPatch(2)), false, 1, true)),
                        new VendorPatch(
                                "b.patch.xz", When.ALWAYS, new How(Optional.of(ApplyRule.gnuPatch(1)), true, 1, true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~sed -i s/a/b/ net/ipv4/route.c~ | line 8: sed -i s/a/b/ net/ipv4/route.c",
                "~%if 1%NL%cp route.c ./net/ipv4/route.c%NL%%endif~ | line 9: cp route.c ./net/ipv4/route.c",
                "~sed -i 's/^EXTRA/x/' Makefile~ | ~line 8: sed -i 's/^EXTRA/x/' Makefile~",
                "~perl -p -i -e 's/a/b/' ./Makefile~ | ~line 8: perl -p -i -e 's/a/b/' ./Makefile~",
                "~quilt push -a~ | line 8: quilt push -a",
                "~patch < x.diff~ | line 8: patch < x.diff",
                "~unwrap x | patch~ | ~line 8: unwrap x | patch~",
                "~fix()%NL%{%NL%  patch -s -p1 -i $1%NL%}%NL%fix x.patch~ | line 12: fix x.patch",
                "~fix()%NL%{%NL%  git apply $1%NL%}%NL%for x in *; do fix $x; done~ | line 12: for x in *; do fix $x; done",
            })
    void aLineThatMayChangeWhatMattersIsTold(String prep, String line) {
        assertThat(of(prep, "other")).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sed -i s/a/b/ net/ipv4/route.cc",
                "sed -i s/a/b/ tools/Makefile",
                "sed -i s/a/b/ Makefile.extra",
                "chmod 644 net/ipv4/route.c",
                "# sed -i s/a/b/ net/ipv4/route.c",
                "fix()%NL%{%NL%  sed -i x net/ipv4/other.c%NL%}%NL%fix",
                "ApplyPatch()%NL%{%NL%  patch -p1 < $1%NL%}%NL%ApplyPatch a.patch",
                "ls *.patch",
            })
    void whatChangesNothingThatMattersIsNot(String prep) {
        assertThat(of(prep, "other")).isEmpty();
    }

    @Test
    void theLineIsSaid() {
        assertThat(of("xzcat %{SOURCE50} | patch -Np1")).containsExactly("line 8: xzcat %{SOURCE50} | patch -Np1");
    }
}
