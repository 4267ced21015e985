package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;

/** What rpmbuild's output says: the variant's fault, our trouble, or nothing. */
class BuildLogTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/ipv4/route.c:1407:11: error: 'struct fib_nh_exception' has no member named 'fnhe_dadr'",
                "./include/linux/foo.h:12:10: fatal error: asm/bar.h: No such file or directory",
                "ld: net/ipv4/route.o: in function `f': route.c:(.text+0x1): undefined reference to `g'",
                "/usr/bin/ld.bfd: cannot find -lelf",
                "ERROR: modpost: \"fnhe_flush\" [net/ipv4/x.ko] undefined!",
                "make[3]: *** [scripts/Makefile.build:250: net/ipv4/route.o] Error 1",
            })
    void errorsAreKept(String line) {
        BuildLog log = heard("  CC      a.o", line, "  CC      b.o");
        assertThat(log.errors()).containsExactly(line);
        assertThat(log.rejections()).isEmpty();
        assertThat(log.objects()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 out of 5 hunks FAILED -- saving rejects to file net/ipv4/route.c.rej",
                "Hunk #2 FAILED at 1401.",
                "error: patch failed: net/ipv4/route.c:1401",
                "error: net/ipv4/route.c: patch does not apply",
                "ERROR: Patch x.patch not listed as a source patch in specfile",
                "Reversed (or previously applied) patch detected!  Skipping patch.",
            })
    void rejectionsAreKept(String line) {
        assertThat(heard(line).rejections()).containsExactly(line);
        assertThat(heard(line).errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/ipv4/route.c:12:3: warning: unused variable 'error' [-Wunused-variable]",
                "  CC      drivers/edac/error.o",
                "  CC      lib/errname.o",
                "Hunk #2 succeeded at 1403 (offset 2 lines).",
                "patching file net/ipv4/error.c",
                "+ echo 'ERROR: 0'",
                "warning: bogus date in %changelog",
            })
    void ordinaryLinesGiveNothing(String line) {
        BuildLog log = heard(line);
        assertThat(log.errors()).isEmpty();
        assertThat(log.rejections()).isEmpty();
        assertThat(log.firstErrorFile()).isEmpty();
    }

    @Test
    void theFirstErrorsFileIsTheCompilersNotMakes() {
        BuildLog log = heard(
                "net/ipv4/route.c:1:1: error: one",
                "net/core/dev.c:2:2: error: two",
                "make[1]: *** [Makefile:1: net] Error 2");
        assertThat(log.firstErrorFile()).contains("net/ipv4/route.c");
        assertThat(log.errors()).hasSize(3);
    }

    @Test
    void aLogWithoutEndIsBounded() {
        BuildLog log = new BuildLog();
        for (int i = 0; i < 100_000; i++) {
            log.accept("a.c:" + i + ":1: error: again");
        }
        assertThat(log.errors()).hasSizeLessThan(100);
        assertThat(log.last()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp/ccX.s: Fatal error: can't write 5 bytes to section .text of a.o: No space left on device",
                "patch: **** write error : No space left on device",
                "gcc: fatal error: Killed signal terminated program cc1",
                "gcc: internal compiler error: Killed (program cc1)",
                "make[2]: *** [Makefile:1238: vmlinux] Error 137",
                "/var/tmp/rpm-tmp.iIRlNv: line 29: bison: command not found",
                "/bin/sh: 1: flex: not found",
                "error: Failed build dependencies:",
                "cp: error writing 'x': Input/output error",
            })
    void ourTroubleIsRecognisedAndHasARemedy(String line) {
        Optional<BuildTroubleException> trouble =
                BuildTroubles.recognise(result(CommandResult.Ending.EXITED, 1, line), "building", "timeout");
        assertThat(trouble).isPresent();
        assertThat(trouble.get().getMessage()).startsWith("building: ").contains(line);
        assertThat(trouble.get().remedy()).isNotBlank();
    }

    @Test
    void aCompileErrorIsNoTroubleOfOurs() {
        String output = "net/ipv4/route.c:1:1: error: one\nmake: *** [Makefile:2: all] Error 2\n"
                + "error: Bad exit status from /var/tmp/rpm-tmp.x (%build)";
        assertThat(BuildTroubles.recognise(result(CommandResult.Ending.EXITED, 1, output), "building", "timeout"))
                .isEmpty();
    }

    @Test
    void theTimeLimitAndAKillAreOurs() {
        assertThat(BuildTroubles.recognise(result(CommandResult.Ending.TIMED_OUT, -1, ""), "building", "timeout"))
                .get()
                .satisfies(e -> assertThat(e.remedy()).contains("timeout"));
        assertThat(BuildTroubles.recognise(result(CommandResult.Ending.EXITED, 137, ""), "building", "timeout"))
                .isPresent();
        assertThat(BuildTroubles.recognise(result(CommandResult.Ending.NOT_STARTED, -1, ""), "building", "timeout"))
                .isPresent();
    }

    private static CommandResult result(CommandResult.Ending ending, int code, String output) {
        return new CommandResult(
                Command.of("rpmbuild", "-bb", "kernel.spec"),
                ending,
                code,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                Optional.empty(),
                output);
    }

    private static BuildLog heard(String... lines) {
        BuildLog log = new BuildLog();
        for (String line : lines) {
            log.accept(line);
        }
        return log;
    }
}
