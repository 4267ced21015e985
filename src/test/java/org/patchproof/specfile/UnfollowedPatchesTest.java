package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                "^%patch -P %{n} -p1^ | a.patch",
                "^%patch%{n} -p1^ | a.patch",
                "^%patch7 -p1^ | a.patch",
                "^%autopatch -p1 -m %{n}^ | a.patch",
                "^%autopatch -p1 1^ | a.patch",
                "^%autopatch -p1 %{?range}^ | a.patch",
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
                "^%autopatch -p1 -v -m 1 -M2^ | a.patch",
                "^%{autopatch -p1}^ | a.patch",
                "^%if 0%NL%%patch7 -p1%NL%%endif^ | a.patch",
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
                                "a.patch", When.ALWAYS, new How(Optional.of(ApplyRule.gnuPatch(2)), false, 1, true), 8),
                        new VendorPatch(
                                "b.patch.xz",
                                When.ALWAYS,
                                new How(Optional.of(ApplyRule.gnuPatch(1)), true, 1, true),
                                9));
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
                "~cd net/ipv4%NL%sed -i s/a/b/ route.c~ | line 9: sed -i s/a/b/ route.c",
                "~pushd ../linux/net && cat x > ipv4/route.c~ | line 8: pushd ../linux/net && cat x > ipv4/route.c",
                "~( cd net/ipv4; ed -s route.c )~ | line 8: ( cd net/ipv4; ed -s route.c )",
                "~perl -pi -e s/a/b/ net/ipv4/*.c~ | line 8: perl -pi -e s/a/b/ net/ipv4/*.c",
                "~sed -i s/a/b/ net/ipv4/{route,tcp}.c~ | line 8: sed -i s/a/b/ net/ipv4/{route,tcp}.c",
                "~rm -rf net/ipv4/~ | line 8: rm -rf net/ipv4/",
                "~if true; then mv ./net net.old; fi~ | line 8: if true; then mv ./net net.old; fi",
                "~cp -r ../more/* net/ipv?~ | line 8: cp -r ../more/* net/ipv?",
                "~fix()%NL%{%NL%  awk x y > net/ipv4/route.c%NL%}%NL%fix~ | line 10: awk x y > net/ipv4/route.c",
                "~ApplyPatch()%NL%{%NL%  sed -i x Makefile%NL%}%NL%ApplyPatch a.patch~ | line 10: sed -i x Makefile",
                "~all()%NL%{%NL%  ApplyPatch a.patch%NL%}%NL%all~ | line 12: all",
                "~one()%NL%{%NL%  %patch1 -p1%NL%}%NL%all()%NL%{%NL%  one%NL%}%NL%all~ | line 16: all",
                "~%{?more:%patch1 -p1}~ | line 8: %{?more:%patch1 -p1}",
                "~%define mine() %{patch1} -p1%NL%%mine 5~ | line 9: %mine 5",
                "~%define mine patch -s -p1%NL%%{mine} < x~ | line 9: %{mine} < x",
                "~%{lua: print('%patch1 -p1') }~ | ~line 8: %{lua: print('%patch1 -p1') }~",
                "~find . -name '*.c' -exec sed -i x {} +~ | ~line 8: find . -name '*.c' -exec sed -i x {} +~",
                "~find . -type f | xargs sed -i x~ | ~line 8: find . -type f | xargs sed -i x~",
                "~rm -rf *~ | line 8: rm -rf *",
                "~cd net/ipv4%NL%%patch1 -p1~ | line 9: %patch1 -p1",
                "~pushd net%NL%cd ../net%NL%ApplyPatch a.patch~ | line 10: ApplyPatch a.patch",
                "~git cherry-pick x~ | line 8: git cherry-pick x",
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
                "cd tools%NL%sed -i s/a/b/ route.c",
                "cd net/ipv4%NL%sed -i s/a/b/ other.c",
                "rm -f kernel-*.config *.orig",
                "mv linux-* linux",
                "find . -name '*.orig' -exec rm -f {} +",
                "cd linux-5.6%NL%%patch1 -p1%NL%pushd tools%NL%%patch1 -p1%NL%popd",
                "pushd net%NL%popd%NL%%patch1 -p1",
                "mkdir -p net/ipv4",
                "fix()%NL%{%NL%  sed -i x net/ipv4/route.c%NL%}",
                "%define mine patch-5.6%NL%echo %{mine}",
                "for p in %{patches}; do echo $p; done",
            })
    void whatChangesNothingThatMattersIsNot(String prep) {
        assertThat(of(prep, "other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "%include here%NL%%prep | ''",
                "%include gone%NL%%prep | line 1: %include gone",
                "%include %{macro}%NL%%prep | line 1: %include %{macro}",
                "%if 1%NL%%include gone%NL%%endif%NL%%prep | ''",
                "%if 1%NL%%include %{macro}%NL%%endif%NL%%prep | line 2: %include %{macro}",
                "%include more%NL%%prep | line 1: %include more",
                "%prep%NL%%include here | line 2: %include here",
                "%prep%NL%%setup -q%NL%%build%NL%%include gone | ''",
                "%prep%NL%# %include gone | ''",
            })
    void whatAnIncludeMayDoIsTold(String spec, String line) {
        Includes includes = name -> name.equals("gone")
                ? Optional.empty()
                : Optional.of((name.equals("more") ? "%prep\n" : "Patch1: a\n").getBytes(StandardCharsets.UTF_8));
        SpecFile parsed = SpecFile.parse(
                "k.spec", (spec.replace("%NL%", "\n") + "\n").getBytes(StandardCharsets.UTF_8), includes);
        assertThat(String.join("", UnfollowedPatches.of(parsed, Set.of("here", "more"), Set.of("x.c"))))
                .isEqualTo(line.replace("''", ""));
    }

    /** Such a line leaves each kernel of that kind open. */
    @Test
    void noFixtureHasALineThatMayChangeWhatMatters() {
        StringBuilder all = new StringBuilder();
        for (String name : Specs.ALL) {
            for (String line : UnseenChanges.of(Specs.fixture(name), Set.of("net/ipv4/route.c", "Makefile"))) {
                all.append(name).append(": ").append(line).append('\n');
            }
        }
        assertThat(all).hasToString("");
    }

    /** None of these takes more than moments, or more than the stack. */
    @ParameterizedTest
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(
            strings = {
                "git x,%NL%",
                "xzcat ,%{SOURCE50} ,| patch -p1",
                "patch ,-s ,-p1 < %{PATCH1}",
                "git apply ,-v ,x",
                "%autopatch ,-p1 ,-m 5",
                "patch ,-a ,-p1 -i x",
                "Applypatches series.conf ,x ,y",
                "git am; cd ,; ,x",
                "%patch1 -p1 ,-b x ,-E",
            })
    void aLineWithoutAnEndIsTold(String pieces) {
        String[] parts = pieces.split(",");
        String line = parts[0] + parts[1].replace("%NL%", "git ").repeat(300_000) + (parts.length > 2 ? parts[2] : "");
        assertThat(of(line, "a.patch", "series.conf"))
                .singleElement()
                .asString()
                .endsWith(" ...");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void blanksAndFunctionsWithoutAnEndAreReadSoon() {
        SpecFile includes = Specs.parse("%include" + " ".repeat(300_000) + "x" + " ".repeat(300_000) + "y\n%prep\n");
        assertThat(UnfollowedPatches.of(includes, Set.of(), Set.of("x.c"))).hasSize(1);
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            chain.append("f").append(i).append("()\n{\n  f").append(i + 1).append("\n}\n");
        }
        assertThat(of(chain + "f3000()\n{\n  patch -p1 < x\n}\nf0")).hasSize(1);
    }

    @Test
    void theLineIsSaid() {
        assertThat(of("xzcat %{SOURCE50} | patch -Np1")).containsExactly("line 8: xzcat %{SOURCE50} | patch -Np1");
    }
}
