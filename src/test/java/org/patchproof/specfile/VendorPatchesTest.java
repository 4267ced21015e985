package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.patch.ApplyRule;
import org.patchproof.specfile.VendorPatches.VendorPatch;
import org.patchproof.specfile.VendorPatches.When;

class VendorPatchesTest {
    private static List<String> of(String spec) {
        return VendorPatches.of(Specs.parse(spec)).stream()
                .map(p -> p.file() + (p.when() == When.ALWAYS ? "" : " ?"))
                .toList();
    }

    @Test
    void callsOfFunctionsInTheirOrderWithMacrosFilledIn() {
        assertThat(of("""
                %define rh 5.14
                Name: kernel
                Version: %{rh}
                Patch2: b.patch
                Patch1: patch-%{version}-redhat.patch
                Patch3: declared-only.patch
                %prep
                ApplyPatch()
                {
                  patch -p1 < $1
                }
                %if !%{nopatches}
                ApplyOptionalPatch patch-%{version}-redhat.patch
                %endif
                ApplyPatch b.patch
                """)).containsExactly("patch-5.14-redhat.patch", "b.patch");
    }

    @ParameterizedTest
    @CsvSource({
        "%if 0, never",
        "%if 1, always",
        "%if !1, never",
        "%if 0%{?with_patch}, always",
        "%if !%{with_patch}, never",
        "%if %{twice}, open",
        "%if 0%{?inside}, open",
        "%if 0%{?unknown}, open",
        "%if 0%{?later}, open",
        "%ifarch x86_64, open",
        "%if 0 && 1, open"
    })
    void aConditionThatIsPlainDecides(String condition, String when) {
        List<String> patches =
                of("%global with_patch 1\n%define twice 1\n%define twice 0\n%ifarch arm\n%define inside 1\n"
                        + "%endif\nPatch1: one.patch\nPatch2: two.patch\n%prep\n" + condition + "\n%patch1 -p1\n%else\n"
                        + "%patch2 -p1\n%endif\n%define later 1\n");
        assertThat(patches)
                .isEqualTo(
                        switch (when) {
                            case "always" -> List.of("one.patch");
                            case "never" -> List.of("two.patch");
                            default -> List.of("one.patch ?", "two.patch ?");
                        });
    }

    @Test
    void numberedAndAutomatic() {
        assertThat(of("Patch2: two.patch\nPatch1: one.patch\n%prep\n%patch1 -p1\n%patch -P 2 -p1\n"))
                .containsExactly("one.patch", "two.patch");
        assertThat(of("Patch2: two.patch\n%if 1\nPatch1: one.patch\n%endif\n%prep\n%autosetup -p1\n"))
                .containsExactly("two.patch", "one.patch");
        assertThat(of("Patch2: two.patch\n%ifarch s390\nPatch1: one.patch\n%endif\n%prep\n%autosetup -p1\n"))
                .containsExactly("two.patch", "one.patch ?");
    }

    @Test
    void numbersHoweverTheyAreWrittenAndTheRangesThatTakeThem() {
        assertThat(VendorPatches.of(Specs.fixture("openeuler2003")))
                .extracting(VendorPatch::file)
                .containsExactly("vendor-one.patch", "vendor-two.patch");
        assertThat(of("Patch1: one.patch\nPatch5: five.patch\nPatch9: nine.patch\n%prep\n"
                        + "%autopatch -p1 -m5 -M 8\n%if 0\n%autopatch -p1 -M4\n%endif\n"))
                .containsExactly("five.patch");
        assertThat(of("Patch0010: ten.patch\n%prep\n%{patch10} -p1\n")).containsExactly("ten.patch");
    }

    @ParameterizedTest
    @CsvSource({
        "%patch1 -p1, one 1 dialect",
        "%patch -P 1 -p1 -b .old, one 1 dialect",
        "%patch -p1 -P 1, one 1 dialect",
        "%patch -P1 -P2 -p1, one 1 dialect two 1 dialect",
        "%patch 2 1 -p1, two 1 dialect one 1 dialect",
        "%{patch1} -p0, one 0 dialect",
        "%patch1, one 0 dialect",
        "%patch1 -p2 -F1, one 2 patch -p1 -F1",
        "%patch1 -p1 -F 2 -E, one 1 patch -p1 -F2",
        "%patch1 -p1 -R, ''",
        "%patch1 -p1 -d x, ''",
        "%patch1 -p1 -F4, ''",
        "%patch1 -p1 %{?more}, one 1 dialect",
        "%patch1 -p%{n}, ''",
    })
    void macrosWithTheirOptions(String line, String seen) {
        StringBuilder all = new StringBuilder();
        for (VendorPatch patch : VendorPatches.of(Specs.parse("Patch1: one\nPatch2: two\n%prep\n" + line + "\n"))) {
            all.append(' ')
                    .append(patch.file())
                    .append(' ')
                    .append(patch.how().strip())
                    .append(' ');
            all.append(patch.how().rule().map(ApplyRule::words).orElse("dialect"));
        }
        assertThat(all.toString().strip()).isEqualTo(seen);
    }

    @Test
    void besideFunctionsRpmsMacrosHaveTheirOwnFuzz() {
        String functions = "Patch1: one\n%prep\npatch_command='patch -p1 -F1'\n%patch1 -p1\nApplyPatch two.patch\n";
        assertThat(VendorPatches.of(Specs.parse(functions)))
                .extracting(p -> p.how().rule())
                .containsExactly(Optional.of(ApplyRule.gnuPatch(0)), Optional.empty());
    }

    @Test
    void pathsByNumberAndLoopsOverAll() {
        String head = "Patch2: two.patch\nPatch7001: one.patch\n%prep\nApplyPatch()\n{\n  patch -p1 < $1\n}\n";
        assertThat(of(head + "ApplyPatch %{PATCH7001}\nApplyPatch \"%{P:2}\"\n"))
                .containsExactly("one.patch", "two.patch");
        assertThat(of(head + "for i in %{patches}; do ApplyPatch $i; done\n"))
                .containsExactly("two.patch", "one.patch");
        assertThat(of(head + "for i in %{patches}; do\n  test -f $i && ApplyPatch ${i}\ndone\n"))
                .containsExactly("two.patch", "one.patch");
    }

    @Test
    void thoseThatAnIncludedFileDeclaresAreTheVendorsToo() {
        assertThat(VendorPatches.of(Specs.fixture("photon")))
                .extracting(VendorPatch::file)
                .containsSubsequence("vendor-one.patch", "vendor-two.patch", "driver.patch");
        byte[] spec = "Patch1: a\n%include tags\nPatch3: c\n%prep\n%patch3 -p1\n%autopatch -p1\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] tags = "%if 1\nPatch2: b\n%endif\n".getBytes(StandardCharsets.UTF_8);
        SpecFile parsed = SpecFile.parse("k.spec", spec, name -> Optional.of(tags));
        assertThat(VendorPatches.of(parsed))
                .extracting(p -> p.file() + " " + p.when())
                .containsExactly("c ALWAYS", "a ALWAYS", "b CONDITIONALLY");
    }

    @Test
    void everyFixtureIsReadWithoutTrouble() {
        for (String name : Specs.ALL) {
            assertThat(VendorPatches.of(Specs.fixture(name)))
                    .extracting(VendorPatch::file)
                    .as(name)
                    .doesNotContain("");
        }
    }

    @Test
    void macrosThatNameThemselvesEnd() {
        assertThat(of("%define a %{a}x\nPatch1: %{a}.patch\n%prep\n%patch1 -p1\n"))
                .singleElement()
                .asString()
                .endsWith(".patch");
    }
}
