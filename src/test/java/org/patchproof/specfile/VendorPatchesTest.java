package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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
                """)).containsExactly("patch-5.14-redhat.patch ?", "b.patch");
    }

    @Test
    void numberedAndAutomatic() {
        assertThat(of("Patch2: two.patch\nPatch1: one.patch\n%prep\n%patch1 -p1\n%patch -P 2 -p1\n"))
                .containsExactly("one.patch", "two.patch");
        assertThat(of("Patch2: two.patch\n%if 1\nPatch1: one.patch\n%endif\n%prep\n%autosetup -p1\n"))
                .containsExactly("two.patch", "one.patch ?");
    }

    @Test
    void numbersHoweverTheyAreWrittenAndTheRangesThatTakeThem() {
        assertThat(VendorPatches.of(Specs.fixture("openeuler2003")))
                .extracting(VendorPatch::file)
                .containsExactly("vendor-one.patch", "vendor-two.patch");
        assertThat(of("Patch1: one.patch\nPatch5: five.patch\nPatch9: nine.patch\n%prep\n"
                        + "%autopatch -p1 -m5 -M 8\n%if 0\n%autopatch -p1 -M4\n%endif\n"))
                .containsExactly("five.patch", "one.patch ?");
        assertThat(of("Patch0010: ten.patch\n%prep\n%{patch10} -p1\n")).containsExactly("ten.patch");
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
