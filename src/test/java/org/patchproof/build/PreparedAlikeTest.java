package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;

/** When two variants are surely prepared alike. */
class PreparedAlikeTest {
    private static final String PREP = "cd 'linux-1.pp.base'\nApplyPatch %s\nmake tinyconfig\n";

    @ParameterizedTest
    @CsvSource({
        "net/ipv4/route.c, ",
        "include/net/route.h, ",
        "arch/x86/entry/entry_64.S, ",
        "net/ipv4/Kconfig, touches net/ipv4/Kconfig",
        "net/ipv4/Makefile, touches net/ipv4/Makefile",
        "arch/x86/configs/tiny.config, touches arch/x86/configs/tiny.config",
        "scripts/kconfig/conf.c, touches scripts/kconfig/conf.c",
        "tools/objtool/check.c, touches tools/objtool/check.c",
    })
    void patchesMustTouchPlainSourcesOnly(String path, String why) {
        Optional<String> objection = objection(series("fixed", change("fix.patch", path)));
        if (why == null) {
            assertThat(objection).isEmpty();
        } else {
            assertThat(objection.orElseThrow()).contains(why);
        }
    }

    @Test
    void whatBothBeginWithMayTouchAnything() {
        Patch common = change("common.patch", "Makefile");
        PatchSeries base = series("base", common, change("a.patch", "a.c"));
        String prep = "ApplyPatch common.patch\nApplyPatch %s\n";
        assertThat(PreparedAlike.objection(
                        facts(base, prep.formatted("a.patch")),
                        series("fixed", common, change("b.patch", "b.c")),
                        ".pp.fixed",
                        prep.formatted("b.patch"),
                        List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cd linux-1.pp.fixed | ",
                "mv linux-1 linux-1.pp.fixed | ",
                "cp -rl vanilla-1 'linux-1.pp.fixed' | ",
                "sed -i s/x/.pp.fixed/ Makefile | %prep uses the release",
                "echo .pp.fixed > localversion | %prep uses the release",
                "cd linux-1.pp.fixed && make | %prep uses the release",
                "mv $(cat x) linux-1.pp.fixed | %prep uses the release",
                "sed -i s/a/b/ net/ipv4/route.c | %prep may change a file",
                "sed -i s/a/b/ net/*/*.c | %prep may change a file",
            })
    void theReleaseMayBeTheNameOfADirectoryOnly(String line, String why) {
        String base = PREP.formatted("a.patch") + line.replace(".pp.fixed", ".pp.base") + "\n";
        String prep = PREP.formatted("b.patch").replace(".pp.base", ".pp.fixed") + line + "\n";
        Optional<String> objection = PreparedAlike.objection(
                facts(series("base", change("a.patch", "net/ipv4/route.c")), base),
                series("fixed", change("b.patch", "net/ipv4/route.c")),
                ".pp.fixed",
                prep,
                List.of());
        if (why == null) {
            assertThat(objection).isEmpty();
        } else {
            assertThat(objection.orElseThrow()).startsWith(why.strip());
        }
    }

    @Test
    void anythingElseThatDiffersIsAnObjection() {
        PatchSeries fixed = series("fixed", change("b.patch", "b.c"));
        BaseTree.Facts base = facts(series("base", change("a.patch", "a.c")), PREP.formatted("a.patch"));
        String prep = PREP.formatted("b.patch").replace(".pp.base", ".pp.fixed");
        assertThat(PreparedAlike.objection(base, fixed, ".pp.fixed", prep + "make more\n", List.of()))
                .contains("%prep differs in more than the patches");
        assertThat(PreparedAlike.objection(base, fixed, ".pp.fixed", prep, List.of("dist .el7")))
                .contains("the spec is given other macros");
        assertThat(PreparedAlike.objection(base, fixed, ".pp.fixed", "", List.of()))
                .contains("the spec has no %prep that can be read");
    }

    private static Optional<String> objection(PatchSeries series) {
        BaseTree.Facts base = facts(series("base", change("a.patch", "a.c")), PREP.formatted("a.patch"));
        String prep = PREP.formatted(series.patches().get(0).name()).replace(".pp.base", ".pp.fixed");
        return PreparedAlike.objection(base, series, ".pp.fixed", prep, List.of());
    }

    private static BaseTree.Facts facts(PatchSeries series, String prep) {
        return new BaseTree.Facts(
                "key",
                "base",
                ".pp.base",
                "kernel.spec",
                Path.of("BUILD/linux"),
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                new TreeMap<>(),
                series,
                prep,
                "seal");
    }

    private static PatchSeries series(String name, Patch... patches) {
        return new PatchSeries(name, new ArrayList<>(List.of(patches)));
    }

    private static Patch change(String name, String path) {
        String diff = "--- a/" + path + "\n+++ b/" + path + "\n@@ -1 +1 @@\n-old\n+" + name + "\n";
        return PatchReader.parse(name, diff.getBytes(StandardCharsets.UTF_8));
    }
}
