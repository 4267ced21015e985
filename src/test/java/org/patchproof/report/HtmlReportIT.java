package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.testing.Browser;

/** The page in a real browser: as it looks, as it is read aloud, with and without script and style. */
class HtmlReportIT {
    /** What Jenkins sends with archived files unless its administrator says otherwise. */
    private static final String JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir
    static Path dir;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void openABrowser() throws Exception {
        page = dir.resolve("index.html");
        try (Writer out = Files.newBufferedWriter(page)) {
            HtmlReport.render(Samples.everyVerdict(), out);
        }
        browser = Browser.start(dir.resolve("profile"));
    }

    @AfterAll
    static void closeIt() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void allowScriptAgain() {
        browser.allowScript(Browser.Script.ON);
    }

    @ParameterizedTest
    @CsvSource({"360,light", "1024,light", "1920,light", "360,dark", "1024,dark"})
    void itFitsAndAsksForNothingAndHasNothingToComplainOf(int width, String scheme) throws Exception {
        browser.look(width, 1400, scheme);
        browser.open(page.toUri().toString());
        browser.screenshot(SCREENSHOTS.resolve("report-" + width + "-" + scheme + ".png"));
        assertThat(browser.requests().stream().filter(url -> !url.equals("data:,")))
                .containsExactly(page.toUri().toString());
        assertThat(browser.console()).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("nothing sticks out of the window")
                .isLessThanOrEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void itIsAccessible(String scheme) throws Exception {
        browser.look(1024, 1400, scheme);
        browser.open(page.toUri().toString());
        browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");
        browser.evaluate(axe());
        JsonNode violations = browser.evaluate("axe.run().then(found => found.violations)");
        List<String> words = new ArrayList<>();
        for (JsonNode one : violations) {
            words.add(one.path("id").asText() + ": " + one.path("help").asText() + ": "
                    + one.at("/nodes/0/html").asText() + " "
                    + one.at("/nodes/0/any/0/message").asText());
        }
        assertThat(words).isEmpty();
    }

    @Test
    void axeWouldSeeAPictureWithoutWords() throws Exception {
        browser.open(page.toUri().toString());
        browser.evaluate("document.querySelector('svg').removeAttribute('aria-label')");
        browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })");
        browser.evaluate(axe());
        assertThat(browser.evaluate("axe.run().then(found => found.violations.map(v => v.id))"))
                .extracting(JsonNode::asText)
                .contains("svg-img-alt");
    }

    @Test
    void whereScriptMayRunItFiltersAndFolds() {
        browser.look(1024, 1400, "light");
        browser.open(page.toUri().toString());
        String shown = "[...document.querySelectorAll('details.variant')].filter(d => d.offsetParent).length";
        assertThat(browser.evaluate(shown).asInt()).isEqualTo(10);
        browser.evaluate(
                "const s = document.getElementById('show'); s.value = 'no'; s.dispatchEvent(new Event('change'))");
        assertThat(browser.evaluate(shown).asInt()).isEqualTo(6);
        assertThat(browser.evaluate("document.getElementById('shown').textContent")
                        .asText())
                .isEqualTo("6 of 10 verdicts");
        browser.evaluate(
                "const f = document.getElementById('find'); f.value = 'regress'; f.dispatchEvent(new Event('input'))");
        assertThat(browser.evaluate(shown).asInt()).isEqualTo(1);
        browser.evaluate("document.getElementById('unfold').click()");
        assertThat(browser.evaluate("document.querySelectorAll('details.variant[open]').length")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    void theKeyboardReachesEvidence() {
        browser.look(1024, 1400, "light");
        browser.open(page.toUri().toString());
        browser.key("Tab", "");
        assertThat(browser.evaluate("document.activeElement.className").asText())
                .isEqualTo("skip");
        browser.evaluate("document.querySelector('.matrix td a').focus()");
        browser.key("Enter", "\r");
        assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#k1v1");
        assertThat(browser.evaluate("document.getElementById('k1v1').closest('details').open")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void withoutScriptEveryVerdictIsThereAndNothingPretendsToWork() {
        browser.allowScript(Browser.Script.OFF);
        browser.look(1024, 1400, "light");
        browser.open(page.toUri().toString());
        assertThat(browser.accessible())
                .anyMatch(seen -> seen.startsWith("link") && seen.contains("FIXED for linux-6.1 fixed"))
                .noneMatch(seen -> seen.startsWith("combobox") || seen.contains("Open all details"));
    }

    @Test
    void underJenkinsPolicyItSaysTheSame() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = Files.readAllBytes(page);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Security-Policy", JENKINS);
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            browser.look(1024, 1400, "light");
            browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/index.html");
            browser.screenshot(SCREENSHOTS.resolve("report-jenkins.png"));
            assertThat(browser.accessible())
                    .anyMatch(seen -> seen.startsWith("link") && seen.contains("FIXED for linux-6.1 fixed"))
                    .anyMatch(seen -> seen.startsWith("DisclosureTriangle") && seen.contains("still_reproduces"))
                    .noneMatch(seen -> seen.startsWith("combobox"));
            assertThat(browser.requests()).noneMatch(url -> url.contains("://") && !url.contains("127.0.0.1"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void itPrints() throws Exception {
        browser.look(1024, 1400, "dark");
        browser.open(page.toUri().toString());
        byte[] pdf = browser.print();
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve("report.pdf"), pdf);
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(pdf.length).as("with all details open").isGreaterThan(100_000);
    }

    private static String axe() throws Exception {
        try (InputStream in = HtmlReportIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; true";
        }
    }
}
