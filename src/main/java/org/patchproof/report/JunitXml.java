package org.patchproof.report;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Hope;
import org.patchproof.report.Findings.Variant;

/**
 * Findings as JUnit XML in the dialect that Jenkins reads (its xunit plugin's {@code junit-10.xsd}): a
 * suite for each cell, a test for each verdict.
 *
 * <p>A test fails only where a verdict says no. What concludes nothing, what was not tried and what
 * could not be read is an error: it never passes, and never blames a patch.
 */
public final class JunitXml {
    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The document, ending with a line end. */
    public static String render(Findings findings) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new JunitXml(writer).document(findings);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text of ours can always be written", e);
        }
        return text + "\n";
    }

    private void document(Findings findings) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "patchproof");
        List<Variant> all = findings.variants().toList();
        counts(
                all.size() + findings.problems().size(),
                of(all, Hope.SAYS_NO),
                errors(all) + findings.problems().size());
        if (!findings.problems().isEmpty()) {
            problems(findings.problems());
        }
        for (Cell cell : findings.cells()) {
            suite(cell);
        }
        line();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(Cell cell) throws XMLStreamException {
        line();
        xml.writeStartElement("testsuite");
        attribute("name", cell.bug() + " on " + cell.label());
        counts(cell.variants().size(), of(cell.variants(), Hope.SAYS_NO), errors(cell.variants()));
        xml.writeAttribute(
                "time", seconds(cell.variants().stream().map(JunitXml::time).reduce(Duration.ZERO, Duration::plus)));
        for (Variant variant : cell.variants()) {
            test(cell, variant);
        }
        line();
        xml.writeEndElement();
    }

    private void problems(List<String> problems) throws XMLStreamException {
        line();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "bundles");
        counts(problems.size(), 0, problems.size());
        int number = 0;
        for (String problem : problems) {
            number++;
            line();
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "patchproof.bundles");
            xml.writeAttribute("name", "unreadable " + number);
            xml.writeAttribute("time", "0.000");
            because("error", "infrastructure", problem, problem);
            xml.writeEndElement();
        }
        line();
        xml.writeEndElement();
    }

    private void test(Cell cell, Variant variant) throws XMLStreamException {
        line();
        xml.writeStartElement("testcase");
        attribute("classname", "patchproof." + name(cell.bug()) + "." + name(cell.label()));
        attribute("name", variant.verdict().lane().mark(variant.name()));
        xml.writeAttribute("time", seconds(time(variant)));
        String type = variant.verdict().word().name();
        String message = variant.verdict().label() + ": " + variant.verdict().reason();
        switch (variant.outcome().hope()) {
            case HOPED -> {}
            case SAYS_NO -> because("failure", type, message, story(variant));
            case INCONCLUSIVE -> because("error", type, message, story(variant));
            case TROUBLE -> because("error", "infrastructure", message, story(variant));
        }
        xml.writeStartElement("system-out");
        text(story(variant));
        xml.writeEndElement();
        line();
        xml.writeEndElement();
    }

    private void because(String element, String type, String message, String story) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", type);
        attribute("message", message.lines().findFirst().orElse(""));
        text(story);
        xml.writeEndElement();
    }

    private static String story(Variant variant) {
        StringBuilder story = new StringBuilder(variant.verdict().explanation());
        variant.trouble().ifPresent(trouble -> story.append("\ntrouble: ").append(trouble));
        variant.verdict()
                .howManyMore()
                .ifPresent(more -> story.append("\nto conclude: ").append(more.words()));
        variant.lines().forEach(line -> story.append('\n').append(line));
        String runs = variant.builds().stream().map(Findings.Build::bundle).collect(Collectors.joining(", "));
        return story.append(runs.isEmpty() ? "" : "\nevidence: " + runs).toString();
    }

    private void counts(int tests, long failures, long errors) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(tests));
        xml.writeAttribute("failures", Long.toString(failures));
        xml.writeAttribute("errors", Long.toString(errors));
    }

    private static long of(List<Variant> variants, Hope hope) {
        return variants.stream().filter(v -> v.outcome().hope() == hope).count();
    }

    private static long errors(List<Variant> variants) {
        return of(variants, Hope.INCONCLUSIVE) + of(variants, Hope.TROUBLE);
    }

    private static Duration time(Variant variant) {
        return variant.buildTime().plus(variant.trialTime());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    /** Jenkins makes packages of what stands between dots. */
    private static String name(String text) {
        return text.replace('.', '_');
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value));
    }

    private void text(String value) throws XMLStreamException {
        xml.writeCharacters(allowed(value));
    }

    /** XML 1.0 has no way to write most control characters: a question mark stands for them. */
    static String allowed(String text) {
        return text.codePoints()
                .map(c ->
                        c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000
                                ? c
                                : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
