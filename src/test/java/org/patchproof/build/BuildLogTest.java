package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of a build's output; {@link FailedBuildTest} has what is made of it. */
class BuildLogTest {
    static final Path LOGS = Path.of("src/test/resources/build/logs");

    @Test
    void warningsAndNamesWithErrorInThemGiveNothing() throws IOException {
        BuildLog log = new BuildLog();
        Files.readAllLines(LOGS.resolve("warnings-only.log")).forEach(log::accept);
        assertThat(log.errors()).isEmpty();
        assertThat(log.place()).isEmpty();
        assertThat(log.rejections()).isEmpty();
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
}
