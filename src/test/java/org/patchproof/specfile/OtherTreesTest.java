package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.patch.PatchSeries;
import org.patchproof.testing.FakeKernel;

class OtherTreesTest {
    private static String of(SpecFile spec) throws IOException {
        PatchSeries series = FakeKernel.series("s", "0002-fix.patch");
        Optional<InjectionOutcome.Injected> injected = SpecInjector.inject(
                        spec, new InjectionRequest(series, Optional.empty(), Optional.empty()))
                .match(Optional::of, a -> Optional.empty(), r -> Optional.empty());
        OtherTrees trees = new OtherTrees(spec, injected);
        return VendorPatches.of(spec).stream()
                .flatMap(p -> trees.between(p).map(line -> p.file() + " " + line).stream())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "%patch1 -p1%NL%%patch2 -p1 | ~~",
                "cd linux%NL%%patch1 -p1%NL%%patch2 -p1 | ~~",
                "pushd ../x%NL%%patch1 -p1%NL%popd%NL%%patch2 -p1 | one line 6: popd",
                "%patch1 -p1%NL%pushd ../x%NL%%patch2 -p1%NL%popd | two line 7: popd",
                "%patch1 -p1%NL%cd ../x%NL%%patch2 -p1 | one line 5: cd ../x",
                "%patch1 -p1%NL%%setup -q -T -D -b 1 -n x%NL%%patch2 -p1 | one line 5: %setup -q -T -D -b 1 -n x",
                "pushd x%NL%%patch1 -p1%NL%popd%NL%%autopatch -p1 -m2 -M9 | one line 6: popd",
            })
    void aPatchThatIsAppliedElsewhereIsFound(String prep, String found) throws IOException {
        assertThat(of(Specs.parse(
                        "Patch1: one\nPatch2: two\n%prep\n" + prep.replace("%NL%", "\n") + "\n%build\nmake\n")))
                .isEqualTo(found);
    }

    @Test
    void ofTheFixturesThoseOfAnotherTreeAre() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : Specs.ALL) {
            String found = of(Specs.fixture(name));
            all.append(found.isEmpty() ? "" : name + ": " + found + "\n");
        }
        assertThat(all)
                .hasToString("photon: driver.patch line 45: popd\nphoton-numbered: driver.patch line 41: popd\n");
    }
}
