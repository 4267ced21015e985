package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.testing.Browser;

/** The page of a release in a real browser. */
class ReleasePageIT {
    @TempDir
    Path dir;

    static ReleasePage.Model model(Optional<String> warning, List<String> differences) {
        return new ReleasePage.Model(
                "kernel-3.10.0-693.el7.netdev_leak.x86_64",
                "A route exception deleted while in use leaks <a reference>",
                warning,
                warning.isPresent() ? "not proved" : "FIXED",
                "The control showed the bug in 4 of 4 trials, with 4 exposures.",
                warning.isPresent() ? Optional.of("no <machine>") : Optional.empty(),
                warning.isPresent() ? Optional.empty() : Optional.of("In a fresh machine dnf refused 8."),
                "D04D92417BE7ECD018ED0044C274626449A9FB5F",
                List.of("curl -o /etc/yum.repos.d/x.repo https://example.org/x.repo", "yum install kernel-3.10.0"),
                List.of("yum remove kernel-3.10.0"),
                List.of("3.10.0-693.el7 < 3.10.0-693.el7.netdev_leak   replaces the vendor's broken kernel"),
                differences,
                List.of("RELEASE.md", "papers/provenance.json"),
                List.of(new ReleasePage.File("repo/kernel-3.10.0-693.el7.netdev_leak.x86_64.rpm", "a".repeat(64))));
    }

    @Test
    void itFitsOnATelephoneAndASideScreenAndComplainsOfNothing() throws Exception {
        Path page = dir.resolve("index.html");
        try (Writer out = Files.newBufferedWriter(page)) {
            ReleasePage.render(model(Optional.of("ticket 4711"), List.of("configuration CONFIG_X: y -> m")), out);
        }
        try (Browser browser = Browser.start(dir.resolve("profile"))) {
            for (int width : new int[] {360, 1280}) {
                browser.look(width, 1500, width == 360 ? "dark" : "light");
                browser.open(page.toUri().toString());
                browser.screenshot(Path.of("target/screenshots/release-" + width + ".png"));
                assertThat(browser.console()).isEmpty();
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .isLessThanOrEqualTo(width);
                assertThat(browser.evaluate("document.querySelectorAll('pre')[0].innerText")
                                .asText())
                        .startsWith("curl -o")
                        .contains(".repo\nyum install");
            }
        }
    }

    @Test
    void textOfOthersIsNoMarkupAndAWarningComesFirst() {
        StringWriter out = new StringWriter();
        ReleasePage.render(model(Optional.of("<b>why</b>"), List.of()), out);
        assertThat(out.toString())
                .contains(
                        "leaks &lt;a reference&gt;",
                        "</strong> &lt;b&gt;why&lt;/b&gt;",
                        "</strong> no &lt;machine&gt;",
                        "Nothing: exported symbols")
                .doesNotContain("<b>");
        StringWriter proved = new StringWriter();
        ReleasePage.render(model(Optional.empty(), List.of("module gone a.ko")), proved);
        assertThat(proved.toString())
                .contains("module gone a.ko", "FIXED", "In a fresh machine dnf refused 8.")
                .doesNotContain("Without proof", "Not tried", "Nothing:");
    }
}
