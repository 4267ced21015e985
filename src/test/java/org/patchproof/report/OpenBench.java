package org.patchproof.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.patchproof.testing.Browser;

/** How long a page takes to open in Chromium. Run by {@code bench/report-merge}. */
public final class OpenBench {
    private OpenBench() {}

    /** Argument: the page. */
    public static void main(String[] args) throws Exception {
        Path page = Path.of(args[0]).toRealPath();
        Path home = Files.createTempDirectory("open-bench");
        try (Browser browser = Browser.start(home.resolve("profile"))) {
            for (int round = 1; round <= 3; round++) {
                browser.look(1600, 1200, "light");
                browser.open(page.toUri().toString());
                Thread.sleep(1500); // until the first paint is written down
                double painted = browser.evaluate(
                                "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1")
                        .asDouble();
                double loaded = browser.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
                        .asDouble();
                int nodes = browser.evaluate("document.getElementsByTagName('*').length")
                        .asInt();
                System.out.printf(
                        Locale.ROOT,
                        "opened %d: first seen after %.0f ms, all there after %.0f ms, %,d elements%n",
                        round,
                        painted,
                        loaded,
                        nodes);
            }
        }
    }
}
