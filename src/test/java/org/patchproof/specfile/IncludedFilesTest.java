package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncludedFilesTest {
    private static SpecFile spec(String include, Map<String, String> files) {
        String text = Specs.text(Specs.fixture("azure")).replace("Patch5:", include + "\nPatch5:");
        return SpecFile.parse(
                "kernel.spec",
                text.getBytes(StandardCharsets.ISO_8859_1),
                name -> Optional.ofNullable(files.get(name)).map(t -> t.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource({
        "%include more.inc",
        "%include %{_sourcedir}/more.inc",
        "%include %_sourcedir/more.inc",
        "  %include   more.inc  ",
    })
    void theNumbersOfAnIncludedFileAreNotUsedTwice(String include) {
        SpecFile spec = spec(include, Map.of("more.inc", "Patch1400: vendor-two.patch\n"));
        assertThat(Specs.text(Specs.injected(spec).spec()))
                .contains("Patch1401: instrument.patch\nPatch1402: fix.patch\n");
    }

    @Test
    void aSourceByItsNumber() {
        String text = "Source7: http://vendor.example/x/more.inc\n%include %{SOURCE7}";
        SpecFile spec = spec(text, Map.of("more.inc", "%if 1\nPatch1400: y.patch\n%endif\n"));
        assertThat(Specs.text(Specs.injected(spec).spec())).contains("Patch1401: instrument.patch");
    }

    @Test
    void anIncludeBehindTheLastTagIsGoneBehind() {
        String text = Specs.text(Specs.fixture("azure")).replace("%description", "%include more.inc\n\n%description");
        SpecFile spec = SpecFile.parse(
                "kernel.spec",
                text.getBytes(StandardCharsets.ISO_8859_1),
                name -> Optional.of("Patch950: y.patch\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(Specs.text(Specs.injected(spec).spec()))
                .containsSubsequence("%include more.inc", "Patch951: instrument.patch");
    }

    @Test
    void whatIsNotAtHandIsAskedFor() {
        InjectionOutcome.Refused refused = Specs.refused(spec("%include %{_sourcedir}/more.inc", Map.of()));
        assertThat(refused.seen()).contains("includes a file, which may declare patches behind ours");
        assertThat(refused.remedy()).contains("put more.inc beside the spec or into SOURCES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%include /etc/passwd",
                "%include ../more.inc",
                "%include %{_sourcedir}/../more.inc",
                "%include %{hidden}",
                "%include %{SOURCE99}",
                "%include a.inc b.inc"
            })
    void noOtherFileIsAskedFor(String include) {
        SpecFile spec = SpecFile.parse(
                "kernel.spec", Specs.text(spec(include, Map.of())).getBytes(StandardCharsets.ISO_8859_1), name -> {
                    throw new AssertionError("asked for " + name);
                });
        assertThat(Specs.refused(spec).remedy()).contains("put the included file's lines into the spec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%prep\n", "%if 1\n", "%endif\n", "%include again.inc\n"})
    void anIncludedFileWithMoreThanTagsIsRefused(String content) {
        InjectionOutcome.Refused refused = Specs.refused(spec("%include more.inc", Map.of("more.inc", content)));
        assertThat(refused.seen()).contains("sections, open %ifs or includes");
    }

    @Test
    void whereOrderDoesNotCountItIsOnlySaid() {
        String text = Specs.text(Specs.fixture("el8")).replace("Patch999999:", "%include more.inc\nPatch999999:");
        assertThat(Specs.injected(Specs.parse(text)).explanation())
                .anyMatch(l -> l.contains("includes a file that is not at hand (%include more.inc)"));
    }
}
