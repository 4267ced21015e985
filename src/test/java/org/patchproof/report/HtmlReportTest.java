package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.patchproof.verdict.Verdict.Word;

/** What can be said of the page without a browser; HtmlReportIT looks at it in one. */
class HtmlReportTest {
    private final String page = render(Samples.everyVerdict());

    @Test
    void everyVerdictStandsInTheMatrixAndLeadsToItsEvidence() {
        Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        int seen = 0;
        while (links.find()) {
            assertThat(page).contains("id=\"" + links.group(1) + "\"");
            seen++;
        }
        assertThat(seen).isGreaterThan(Word.values().length);
        for (Word word : Word.values()) {
            assertThat(page).contains("</span> " + word.name().replace('_', ' ') + "<span class=\"vh\">");
        }
    }

    @Test
    void itAsksNobodyForAnything() {
        assertThat(page.replaceAll("xmlns=\"[^\"]*\"", ""))
                .doesNotContain("http://", "https://", "@import", "url(")
                .doesNotContainPattern("<(img|iframe|object|embed|form|base)\\b")
                .doesNotContainPattern("\\s(src|style|on[a-z]+)=");
        Matcher links = Pattern.compile("<link [^>]*>").matcher(page);
        assertThat(links.results().map(r -> r.group()).toList())
                .isEqualTo(List.of("<link rel=\"icon\" href=\"data:,\">"));
    }

    @Test
    void hostileTextIsNeverMarkup() {
        String hostile = render(Samples.hostile());
        assertThat(tags(hostile)).as("only our own tags").isEqualTo(tags(page));
        assertThat(hostile).contains("&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("<img", "<script>alert");
        assertThat(hostile.replaceAll("(?s)<style>.*?</style>|<script>.*?</script>", ""))
                .doesNotContain("\u202e", "\u001b", "\u0000");
    }

    @Test
    void thePictureHasTheControlAboveTheCandidate() {
        int fixed = page.indexOf("aria-label=\"Trials of linux-6.1 fixed over time");
        String svg = page.substring(fixed, page.indexOf("</svg>", fixed));
        assertThat(svg.indexOf(">control 1<")).isPositive().isLessThan(svg.indexOf(">candidate 1<"));
        assertThat(svg).contains("exposure: 15.0 s, line 7", "teardown: 40.0 s, line 9", "symptom: 50.0 s, line 10");
    }

    @Test
    void aLinkToALogIsEncoded() {
        assertThat(HtmlContext.encoded("../runs/a b/c#d?e%f:g\"h.log"))
                .isEqualTo("../runs/a%20b/c%23d%3Fe%25f%3Ag%22h.log");
        assertThat(HtmlContext.encoded("javascript:alert(1)/")).startsWith("./javascript%3A");
    }

    /** The tags in their order, without spans: of those each line of a diff has one. */
    private static List<String> tags(String html) {
        String body = html.replaceAll("(?s)<style>.*?</style>|<script>.*?</script>", "");
        return Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)")
                .matcher(body)
                .results()
                .map(r -> r.group(1))
                .filter(tag -> !tag.endsWith("span"))
                .toList();
    }

    private static String render(Findings findings) {
        StringWriter out = new StringWriter();
        HtmlReport.render(findings, out);
        return out.toString();
    }
}
