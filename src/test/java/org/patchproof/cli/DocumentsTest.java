package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.verdict.Verdict;

/** What the documents promise is what the program does. */
class DocumentsTest {
    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./patchproof (\\w+)(.*)$", Pattern.MULTILINE);

    @Test
    void theLibraryExampleIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/patchproof/LibraryExample.java"));
        String body = source.substring(source.indexOf("// begin") + 8, source.indexOf("// end"));
        String example = readme().substring(readme().indexOf("```java") + 7);
        assertThat(words(example.substring(0, example.indexOf("```")))).isEqualTo(words(body));
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @Test
    void readmeHasEveryExitCodeWithItsMeaning() throws IOException {
        String readme = readme();
        for (ExitCode code : ExitCode.values()) {
            assertThat(readme).contains("| " + code.code() + " | " + code.meaning() + " |");
        }
    }

    @Test
    void readmeExplainsEveryVerdict() throws IOException {
        String readme = readme();
        for (Verdict.Word word : Verdict.Word.values()) {
            assertThat(readme).contains("`" + word + "`");
        }
    }

    @Test
    void readmeNamesOnlyCommandsAndOptionsThatAreThere() throws IOException {
        namesOnlyCommandsAndOptionsThatAreThere(readme());
    }

    @Test
    void thePageOnJenkinsToo() throws IOException {
        namesOnlyCommandsAndOptionsThatAreThere(jenkins());
    }

    @Test
    void thePageOnJenkinsHasEveryParameterLabelAndNodeProperty() throws IOException {
        String jenkinsfile = Files.readString(Path.of("Jenkinsfile"));
        Matcher parameters =
                Pattern.compile("(?:string|choice)\\(name: '(\\w+)'").matcher(jenkinsfile);
        int seen = 0;
        while (parameters.find()) {
            seen++;
            assertThat(jenkins()).contains("\n| `" + parameters.group(1) + "` |");
        }
        assertThat(seen).isEqualTo(16);
        assertThat(jenkinsfile).contains("LINUX = 'linux'", "KVM = 'kvm'", "env.PATCHPROOF_CACHE");
        assertThat(jenkins()).contains("`linux kvm`", "PATCHPROOF_CACHE=NAME");
    }

    @Test
    void thePageOnJenkinsHasThePluginOfEveryStep() throws IOException {
        Map<String, String> plugins = Map.of(
                "readJSON", "pipeline-utility-steps",
                "nodesByLabel", "pipeline-utility-steps",
                "lock", "lockable-resources",
                "junit", "junit",
                "timestamps", "timestamper",
                "withCredentials", "credentials-binding",
                "checkout", "git");
        String jenkinsfile = Files.readString(Path.of("Jenkinsfile"));
        for (Map.Entry<String, String> step : plugins.entrySet()) {
            assertThat(jenkinsfile).containsPattern("\\b" + step.getKey() + "[ (]");
            assertThat(jenkins()).contains("`" + step.getValue() + "`");
        }
    }

    private static void namesOnlyCommandsAndOptionsThatAreThere(String page) {
        Matcher commands = COMMAND.matcher(page);
        int seen = 0;
        while (commands.find()) {
            if (commands.group(1).equals("setup")) {
                continue;
            }
            seen++;
            CommandBench bench = new CommandBench();
            assertThat(bench.run(commands.group(1), "--help"))
                    .as(commands.group())
                    .isZero();
            Matcher options = Pattern.compile("(?<= )--?[A-Za-z][a-z-]*").matcher(commands.group(2));
            while (options.find()) {
                assertThat(bench.out()).as(commands.group()).contains(options.group());
            }
        }
        assertThat(seen).isGreaterThan(3);
    }

    @Test
    void ciRunsExactlyTheReadmesTestCommand() throws IOException {
        String test = readme().lines()
                .filter(line -> line.contains("# all tests"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("#.*", "")
                .strip();
        String ci = Files.readString(Path.of(".ci/run"));
        for (String part : test.split(" && ")) {
            assertThat(ci).contains("timed " + part + "\n");
        }
    }

    private static String jenkins() throws IOException {
        return Files.readString(Path.of("docs/jenkins.md"));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
