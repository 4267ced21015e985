package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LooseDiffTest {
    @Test
    void aVendorsPatchIsTakenApartAroundWhatWeDoNotRead() {
        String vendor = """
                From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001
                diff --git a/old.c b/new.c
                similarity index 100%
                rename from old.c
                rename to new.c
                diff --git a/x.c b/x.c
                --- a/x.c
                +++ b/x.c
                @@ -1,3 +1,2 @@
                 a();
                --- b();
                 c();
                diff --git a/gone.c b/gone.c
                --- a/gone.c
                +++ /dev/null
                @@ -1 +0,0 @@
                -gone
                --
                2.39
                --- a/x.c
                +++ b/x.c
                @@ -1,2 +1,3 @@
                 a();

                +d();
                """;
        assertThat(LooseDiff.sections(vendor.getBytes(StandardCharsets.UTF_8)))
                .extracting(LooseDiff.Section::path)
                .containsExactly("x.c", "gone.c", "x.c");
        assertThat(LooseDiff.sections(vendor.getBytes(StandardCharsets.UTF_8))
                        .get(2)
                        .text())
                .isEqualTo("--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\n a();\n \n+d();\n");
    }

    @Property(tries = 500)
    void noBytesAreTooOdd(@ForAll byte[] bytes) {
        assertThat(LooseDiff.sections(bytes)).isNotNull();
        assertThat(LooseHunk.all(java.util.List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1))))
                .isNotNull();
    }
}
