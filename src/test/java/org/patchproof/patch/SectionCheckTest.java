package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SectionCheckTest {
    private static final List<String> FILE = List.of(
            "static int f(int a);", // 1
            "", // 2
            "static int g(int a)", // 3
            "{", // 4
            "\tx();", // 5
            "\ty();", // 6
            "out:", // 7
            "\treturn 1;", // 8
            "}", // 9
            "", // 10
            "static int f(int a)", // 11
            "{", // 12
            "\tx();", // 13
            "\ty();", // 14
            "}", // 15
            "EXPORT_SYMBOL(f);"); // 16

    private static SectionCheck.Finding check(String section, int at, String... body) {
        return SectionCheck.check(new Hunk(1, 1, 1, 2, section, List.of(body), 1), FILE, at);
    }

    @Test
    void insideTheNamedFunction() {
        assertThat(check("static int f(int a)", 13, " \tx();", "+\tz();", " \ty();")
                        .kind())
                .isEqualTo(SectionCheck.Kind.INSIDE);
        assertThat(check("static int g(int a)", 8, " \treturn 1;", "+x").kind()).isEqualTo(SectionCheck.Kind.INSIDE);
    }

    @Test
    void aSectionIsOftenCut() {
        assertThat(check("static int f(in", 13, " \tx();", "+\tz();").kind()).isEqualTo(SectionCheck.Kind.INSIDE);
    }

    @Test
    void aLabelMayBeTheSection() {
        assertThat(check("out:", 8, " \treturn 1;", "+x").kind()).isEqualTo(SectionCheck.Kind.INSIDE);
    }

    @Test
    void theSameLinesInAnotherFunctionAreElsewhere() {
        SectionCheck.Finding finding = check("static int f(int a)", 5, " \tx();", "+\tz();", " \ty();");
        assertThat(finding.kind()).isEqualTo(SectionCheck.Kind.ELSEWHERE);
        assertThat(finding.why()).contains("names 'static int f(int a)' (line 11)", "'static int g(int a)' (line 3)");
        assertThat(check("static int g(int a)", 13, " \tx();", "+\tz();").kind())
                .isEqualTo(SectionCheck.Kind.ELSEWHERE);
    }

    @Test
    void whatCannotBeToldIsSaidNotJudged() {
        assertThat(check("static int gone(void)", 5, " \tx();", "+z").kind()).isEqualTo(SectionCheck.Kind.UNSURE);
        assertThat(check("static int", 5, " \tx();", "+z").kind()).isEqualTo(SectionCheck.Kind.UNSURE);
        assertThat(check("static int g(int a)", 15, " }", "+z", " EXPORT_SYMBOL(f);")
                        .kind())
                .isEqualTo(SectionCheck.Kind.UNSURE);
    }

    @Test
    void aHunkBehindTheFunctionIsNotInIt() {
        assertThat(check("static int f(int a)", 10, " ", "+int h;", " static int f(int a)")
                        .kind())
                .isEqualTo(SectionCheck.Kind.UNSURE);
    }
}
