package org.patchproof.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Findings as one HTML page that needs nothing else: no file beside it, no network, no script. Where
 * script may run it filters and folds; where not even its style may be used (Jenkins' content security
 * policy), the plain page still says everything.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes the page to {@code out}, which is not closed. */
    public static void render(Findings findings, Writer out) {
        template("report").execute(HtmlPage.of(findings), out);
    }

    static Template template(String name) {
        try (Reader text = resource(name + ".mustache")) {
            return Mustache.compiler()
                    .withEscaper(HtmlReport::escaped)
                    .strictSections(true)
                    .emptyStringIsFalse(true)
                    .withLoader(HtmlReport::resource)
                    .compile(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No markup, no quote, and no character that turns the text around or is not seen. */
    private static String escaped(String text) {
        return Escapers.HTML.escape(Words.harmless(text.replace("\t", "        ")));
    }

    /** A template, a style or a script: all are in the jar, none is named by input. */
    private static Reader resource(String name) {
        InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name);
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }
}
