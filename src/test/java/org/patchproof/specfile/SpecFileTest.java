package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpecFileTest {
    private static List<Integer> depths(String text) {
        return Specs.parse(text).lines().stream().map(SpecLine::depth).toList();
    }

    @Property(tries = 300)
    void printGivesBackWhatWasParsed(@ForAll byte[] bytes) {
        assertThat(SpecFile.parse("x.spec", bytes).print()).isEqualTo(bytes);
    }

    @Property(tries = 100)
    void anyMixtureOfSpecLinesIsParsed(@ForAll List<@net.jqwik.api.constraints.IntRange(max = 13) Integer> picks) {
        String[] lines = {
            "%if 1",
            "%endif",
            "%else",
            "%prep",
            "%define x \\",
            "%global y %{expand:",
            "}",
            "# x",
            "Patch1: a",
            "",
            "%%if",
            "%elif 2",
            "'",
            "<<EOF"
        };
        StringBuilder text = new StringBuilder();
        picks.forEach(p -> text.append(lines[p]).append('\n'));
        SpecFile spec = Specs.parse(text.toString());
        assertThat(Specs.text(spec)).isEqualTo(text.toString());
        assertThat(spec.lines()).allMatch(l -> l.depth() >= 0);
        SpecInjector.inject(spec, Specs.request());
    }

    @Test
    void depthsCountEveryKindOfIf() {
        assertThat(depths("a\n%if 1\nb\n%ifarch x86_64\nc\n%else\nd\n%endif\n%elif 2\ne\n  %endif # done\nf"))
                .containsExactly(0, 0, 1, 1, 2, 1, 2, 1, 0, 1, 0, 0);
        assertThat(depths("%ifos linux\n%ifnarch arm\n%ifnos x\n%if!0\nx")).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whatIsNoIfOpensNothing() {
        assertThat(depths("%%if 1\n# %if 1\n%ifx\necho %if\n%iffy\n%endifs\nx")).containsOnly(0);
    }

    @Test
    void theBodyOfAMacroIsNotRead() {
        SpecFile spec =
                Specs.parse("%define files() \\\n%if %{1}\\\n%prep\\\n%{nil}\nx\n%global y %{expand:\n%if 1\n}\nz\n");
        assertThat(spec.lines()).allMatch(l -> l.depth() == 0);
        assertThat(spec.in(Section.PREP)).isEmpty();
        assertThat(spec.line(5).kind()).isEqualTo(SpecLine.Kind.TEXT);
        assertThat(spec.line(9).kind()).isEqualTo(SpecLine.Kind.TEXT);
    }

    @Test
    void aStrayEndifClosesNothing() {
        SpecFile spec = Specs.parse("%endif\na\n%if 1\nb\n%endif\n%endif\nc\n");
        assertThat(spec.strayEndifs()).containsExactly(1, 6);
        assertThat(spec.line(4).depth()).isOne();
        assertThat(spec.line(7).depth()).isZero();
    }

    @Test
    void sectionsBeginInColumnOne() {
        SpecFile spec = Specs.parse(
                "Name: x\n%description\nd\n%prep\n  %build\n%setup -q\n%build\n%files -n x\n%changelog\n- %prep\n");
        assertThat(spec.lines())
                .extracting(SpecLine::section)
                .containsExactly(
                        Section.PREAMBLE,
                        Section.OTHER,
                        Section.OTHER,
                        Section.PREP,
                        Section.PREP,
                        Section.PREP,
                        Section.OTHER,
                        Section.OTHER,
                        Section.CHANGELOG,
                        Section.CHANGELOG,
                        Section.CHANGELOG);
    }

    @Test
    void fourMegabytesOfChangelogAreOrdinary() {
        String entry =
                "* Wed Mar 04 2020 A Vendor <v@example.com> [6.1.0-1]\n- [net] something (A Person) [1234567]\n\n";
        String text = Specs.text(Specs.fixture("el8")) + entry.repeat(4_000_000 / entry.length());
        SpecFile spec = Specs.parse(text);
        assertThat(Specs.injected(spec).spec().print().length).isGreaterThan(4_000_000);
    }

    @Test
    void aHugeFileIsNoSpec() {
        assertThatThrownBy(() -> SpecFile.parse("x.spec", new byte[SpecFile.SIZE_LIMIT + 1]))
                .hasMessageContaining("give the .spec file itself");
    }
}
