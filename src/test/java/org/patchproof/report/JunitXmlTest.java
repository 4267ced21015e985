package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitXmlTest {

    @Test
    void eachVerdictPassesFailsOrIsAnError() throws Exception {
        List<String> said = new ArrayList<>();
        for (Element test : tests(JunitXml.render(Samples.everyVerdict()))) {
            String how = test.getElementsByTagName("failure").getLength() > 0
                    ? "failure"
                    : test.getElementsByTagName("error").getLength() > 0 ? "error" : "pass";
            said.add(test.getAttribute("classname") + "." + test.getAttribute("name") + " " + how);
        }
        assertThat(said)
                .containsExactly(
                        "patchproof.bundles.unreadable 1 error",
                        "patchproof.netdev-leak.linux-6_1.reproduced pass",
                        "patchproof.netdev-leak.linux-6_1.not_reproduced error",
                        "patchproof.netdev-leak.linux-6_1.fixed pass",
                        "patchproof.netdev-leak.linux-6_1.still_reproduces failure",
                        "patchproof.netdev-leak.linux-6_1.regressed failure",
                        "patchproof.netdev-leak.linux-6_1.patch_rejected failure",
                        "patchproof.netdev-leak.linux-6_1.build_failed failure",
                        "patchproof.netdev-leak.linux-6_1.install_failed failure",
                        "patchproof.netdev-leak.linux-6_1.boot_failed failure",
                        "patchproof.netdev-leak.linux-6_1.inconclusive error");
    }

    @Test
    void theSchemaOfJenkinsTakesIt() throws Exception {
        validate(JunitXml.render(Samples.everyVerdict()));
        validate(JunitXml.render(Samples.hostile()));
        validate(JunitXml.render(new Findings(
                List.of(), List.of(), List.of(), Samples.everyVerdict().outcome(), Map.of())));
    }

    @Test
    void theSchemaWouldNotTakeAnything() {
        assertThatThrownBy(() -> validate("<testsuites tests=\"1\" failures=\"0\" errors=\"many\"/>"))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> validate(
                        JunitXml.render(Samples.everyVerdict()).replaceFirst("<failure type=\"[A-Z_]+\"", "<failure")))
                .isInstanceOf(SAXException.class);
    }

    @Test
    void countsAreThoseOfTheTests() throws Exception {
        Element root = root(JunitXml.render(Samples.everyVerdict()));
        assertThat(root.getAttribute("tests")).isEqualTo("11");
        assertThat(root.getAttribute("failures")).isEqualTo("6");
        assertThat(root.getAttribute("errors")).isEqualTo("3");
        NodeList suites = root.getElementsByTagName("testsuite");
        assertThat(((Element) suites.item(1)).getAttribute("failures")).isEqualTo("6");
        assertThat(((Element) suites.item(1)).getAttribute("errors")).isEqualTo("2");
    }

    @Test
    void hostileTextComesOutAsText() throws Exception {
        Element test = tests(JunitXml.render(Samples.hostile())).get(4);
        assertThat(test.getAttribute("name")).startsWith("still_reproduces</pre><script>alert(1)");
        assertThat(test.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("<img src=x onerror=alert(2)>")
                .doesNotContain("\u0000", "\u001b");
        assertThat(test.getElementsByTagName("script").getLength()).isZero();
    }

    private static List<Element> tests(String xml) throws Exception {
        NodeList found = root(xml).getElementsByTagName("testcase");
        List<Element> tests = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            tests.add((Element) found.item(i));
        }
        return tests;
    }

    private static Element root(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static void validate(String xml) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JunitXmlTest.class.getResource("/report/junit-jenkins.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }
}
