package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .containsExactly("old.c", "new.c", "x.c", "gone.c", "x.c");
        assertThat(LooseDiff.sections(vendor.getBytes(StandardCharsets.UTF_8))
                        .get(4)
                        .text())
                .isEqualTo("--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\n a();\n \n+d();\n");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void ofAStreamOnlyWhatIsWantedIsKept() throws IOException {
        String one = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n";
        String all = one + one.replace("x.c", "y/x.c") + "rename from x.c\nrename to z.c\n" + one;
        List<LooseDiff.Section> sections = LooseDiff.sections(stream(all), 1, "x.c"::equals);
        assertThat(sections)
                .containsExactly(
                        new LooseDiff.Section("x.c", one),
                        new LooseDiff.Section("x.c", ""),
                        new LooseDiff.Section("x.c", one));
        StringBuilder printed = new StringBuilder();
        sections.forEach(s -> printed.append(s.print()));
        assertThat(LooseDiff.sections(stream(printed.toString()), 1, path -> true))
                .isEqualTo(sections);
    }

    @Test
    void asManyFoldersAreTakenOffAsTheSpecSays() {
        String hunk = "@@ -1 +1 @@\n-a\n+b\n";
        String plain = "--- net/x.c\n+++ net/x.c\n" + hunk + "--- /dev/null\t1970\n+++ new.c\t2020\n" + hunk;
        String asGit = "--- a/net/x.c\n+++ a/net/x.c\n" + hunk + "--- /dev/null\n+++ a/new.c\n" + hunk;
        StringBuilder zero = new StringBuilder();
        LooseDiff.sections(plain.getBytes(StandardCharsets.UTF_8), 0).forEach(s -> zero.append(s.text()));
        assertThat(zero).hasToString(asGit);
        String deep = "--- a/b/net/x.c.orig\n+++ a/b/net/x.c\n" + hunk + "--- a/x.c\n+++ b/x.c\n" + hunk;
        assertThat(LooseDiff.sections(deep.getBytes(StandardCharsets.UTF_8), 2))
                .containsExactly(
                        new LooseDiff.Section("net/x.c.orig", ""),
                        new LooseDiff.Section("net/x.c", "--- a/net/x.c.orig\n+++ a/net/x.c\n" + hunk));
    }

    /** GNU patch 2.7 was seen to change net/x.c by each of these. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "1 | ^--- a/net/x.c;+++ b/net/x.c;@@ -1 +1 @@ \u00c3\u0085;-a;+b;^ | true",
                "1 | ^--- a/net/x.c\r;+++ b/net/x.c\r;@@ -1 +1 @@\r;-a\r;+b\r;^ | true",
                "0 | ^--- ./net/x.c;+++ ./net/x.c;@@ -1 +1 @@;-a;+b;^ | true",
                "1 | ^--- a//net/x.c;+++ b/net/./x.c;@@ -1 +1 @@;-a;+b;^ | true",
                "1 | ^---  a/net/x.c;+++\ta/net/x.c;@@ -1 +1 @@;-a;+b;^ | false",
                "1 | ^--- \"a/net/x.c\";+++ \"b/net/x.c\";@@ -1 +1 @@;-a;+b;^ | true",
                "1 | ^--- a/net/x.c;+++ b/net/x.c.new;@@ -1 +1 @@;-a;+b;^ | false",
                "1 | ^*** a/net/x.c;--- b/net/x.c;***************;*** 1 ****;! a;--- 1 ----;! b;^ | false",
                "1 | ^--- a/net/x.c;+++ b/net/x.c;@@ -1 +1 @;-a;+b;^ | false",
                "1 | ^  --- a/net/x.c;  +++ b/net/x.c;  @@ -1 +1 @@;  -a;  +b;^ | false",
                "0 | ^Index: net/x.c;1c1;< a;---;> b;^ | false",
                "0 | ^Index: net/x.c;@@ -1 +1 @@;-a;+b;^ | false",
                "1 | ^--- a/net/x.c;@@ -1 +1 @@;-a;+b;^ | false",
                "1 | ^diff --git a/net/x.c b/net/x.c;index 1..2;GIT binary patch;x;^ | false",
            })
    void whatTheToolAppliesIsNeverPassedOver(int strip, String patch, boolean read) throws IOException {
        List<LooseDiff.Section> sections =
                LooseDiff.sections(stream(patch.replace(';', '\n')), strip, "net/x.c"::equals);
        assertThat(sections).isNotEmpty();
        if (read) {
            assertThat(sections).singleElement().matches(s -> s.text().contains("+b"), "whole");
        } else {
            assertThat(sections).anyMatch(s -> !s.text().contains("+b"));
        }
    }

    @Property(tries = 500)
    void aStreamIsReadAsItsBytesAre(@ForAll @Size(max = 40) List<@From("pieces") String> pieces) throws IOException {
        String text = String.join("", pieces);
        assertThat(LooseDiff.sections(stream(text), 1, path -> true))
                .isEqualTo(LooseDiff.sections(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Provide
    static Arbitrary<String> pieces() {
        return Arbitraries.of(
                "--- a/x.c\n",
                "+++ b/x.c\n",
                "+++ b/y.c\n",
                "@@ -1,2 +1 @@\n",
                "-a\n",
                "+b\n",
                " c\n",
                "\n",
                "rename to z.c");
    }

    @Test
    void aLineWithoutAnEndIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };
        assertThatThrownBy(() -> LooseDiff.sections(endless, 1, path -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a line of it has more than");
    }

    @Test
    void moreThanAnyPatchSaysOfAFileIsRefused() {
        InputStream endless = new InputStream() {
            private final byte[] begin =
                    "--- a/x.c\n+++ b/x.c\n@@ -1,99999999 +1,99999999 @@\n".getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                return at < begin.length ? begin[at++] : at++ % 1000 == 0 ? '\n' : ' ';
            }
        };
        assertThatThrownBy(() -> LooseDiff.sections(endless, 1, path -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it changes a file by more than");
    }

    @Property(tries = 500)
    void noBytesAreTooOdd(@ForAll byte[] bytes) {
        assertThat(LooseDiff.sections(bytes)).isNotNull();
        assertThat(LooseHunk.all(java.util.List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1))))
                .isNotNull();
    }
}
