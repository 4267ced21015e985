package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One log per case: {@code build/logs/NAME.log} gives {@code NAME.expected}. To accept what is given
 * now, run with {@code -Dpatchproof.accept=true} and look at the difference.
 */
class BuildLogTest {
    static final Path LOGS = Path.of("src/test/resources/build/logs");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(LOGS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hearsWhyItFailed(String name) throws IOException {
        BuildLog log = new BuildLog();
        Files.readAllLines(LOGS.resolve(name + ".log")).forEach(log::accept);
        String heard = "error: " + first(log.errors()) + "\nfile: "
                + log.firstErrorFile().orElse("-") + "\nrejection: " + first(log.rejections()) + "\n";
        Path expected = LOGS.resolve(name + ".expected");
        if (Boolean.getBoolean("patchproof.accept")) {
            Files.writeString(expected, heard);
        }
        assertThat(heard).isEqualTo(Files.readString(expected));
    }

    @Test
    void warningsAndNamesWithErrorInThemGiveNothing() throws IOException {
        BuildLog log = new BuildLog();
        Files.readAllLines(LOGS.resolve("warnings-only.log")).forEach(log::accept);
        assertThat(log.errors()).isEmpty();
        assertThat(log.firstErrorFile()).isEmpty();
        assertThat(log.rejections()).isEmpty();
    }

    @Test
    void thereAreCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(50);
    }

    @Test
    void countsWhatMakeMadeAndNotWhatTheShellTraces() {
        BuildLog log = new BuildLog();
        Stream.of("  CC      init/main.o", "  CC [M]  drivers/net/veth.o", "  LD      vmlinux", "+ CC      x", "CC y")
                .forEach(log::accept);
        assertThat(log.objects()).isEqualTo(3);
        assertThat(log.last()).containsExactly("+ CC      x", "CC y");
    }

    @Test
    void keepsTheFirstErrorsAndTheLastLines() {
        BuildLog log = new BuildLog();
        for (int i = 1; i <= 1000; i++) {
            log.accept("a.c:" + i + ":1: error: no");
            log.accept("make: *** [a.o] Error " + i);
            log.accept("Hunk #" + i + " FAILED at 1.");
        }
        assertThat(log.errors()).hasSize(40).startsWith("a.c:1:1: error: no", "a.c:2:1: error: no");
        assertThat(log.rejections()).hasSize(40).startsWith("Hunk #1 FAILED at 1.");
        assertThat(log.last()).hasSize(15).endsWith("Hunk #1000 FAILED at 1.");
    }

    @Test
    void theCompilersErrorsStandBeforeThoseOfMake() {
        BuildLog log = new BuildLog();
        Collections.nCopies(100, "make[2]: *** [x.o] Error 1").forEach(log::accept);
        log.accept("a.c:1:1: error: no");
        assertThat(log.errors()).startsWith("a.c:1:1: error: no", "make[2]: *** [x.o] Error 1");
    }

    private static String first(List<String> lines) {
        return lines.isEmpty() ? "-" : lines.get(0);
    }
}
