package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.VerifyResult;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is printed to go on with asks for all that was asked for. */
class TypedTest {
    /** Of the options that take one of a few words, or a number in a range. */
    private static final Map<String, String> WORDS = Map.of(
            "--lane", "quick",
            "--accel", "tcg",
            "--trials", "5",
            "--max-trials", "8",
            "--confidence", "0.99",
            "--residual", "0.05",
            "--max-time", "1h30m",
            "--jobs", "3",
            "--srpm", "fake-1.0=https://example.org/k 1.src.rpm",
            "--srpm-sha256", "fake-1.0=ab");

    @Test
    void everyOptionThatThereIsComesBack() {
        List<String> args = new ArrayList<>(List.of("demo"));
        CommandLine line = line();
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.usageHelp()
                    && !option.versionHelp()
                    && !option.longestName().equals("--resume")) {
                args.add(option.longestName());
                if (option.arity().max() > 0) {
                    args.add(WORDS.getOrDefault(option.longestName(), "it's"));
                }
            }
        }
        line.parseArgs(args.toArray(String[]::new));
        assertThat(Typed.again(line.getCommandSpec(), "--resume"))
                .isEqualTo("verify "
                        + String.join(" ", args)
                                .replace("it's", "'it'\\''s'")
                                .replace(
                                        "fake-1.0=https://example.org/k 1.src.rpm",
                                        "'fake-1.0=https://example.org/k 1.src.rpm'"))
                .contains("--confidence 0.99", "--residual 0.05", "--accel tcg", "--out ", "--srpm-sha256", "--jobs 3");
    }

    @Test
    void whatWasNotGivenIsNotThere() {
        CommandLine line = line();
        line.parseArgs("demo", "-o", "elsewhere", "--kernel=a", "--kernel", "b", "--resume", "runs/1");
        assertThat(Typed.again(line.getCommandSpec(), "--resume"))
                .isEqualTo("verify demo --out elsewhere --kernel a --kernel b");
    }

    private static CommandLine line() {
        return new CommandLine(new VerifyCommand(
                new CommandBench().screen(), (request, listener) -> new VerifyResult(Path.of("runs/1"), List.of())));
    }
}
