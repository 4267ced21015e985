package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.CompilerCachePolicy;
import org.patchproof.pipeline.Shipping;
import org.patchproof.pipeline.VerifyRequest;

class BuildCommandTest {
    private final CommandBench bench = new CommandBench();

    @Test
    void packagesAreNamed() {
        bench.builder.builds("control").builds("fixed");
        assertThat(build()).isZero();
        assertThat(bench.out())
                .contains("fake-1.0 fixed: built, clean\n  runs/build-demo-fake-1.0/fake-1.0/fixed/rpms/kernel-1.rpm");
    }

    @Test
    void howFarEachGotDecidesTheExitCode() {
        bench.builder.builds("control").isInTrouble("full", "no disk\nBuy one.");
        assertThat(build()).isEqualTo(4);
        assertThat(bench.out()).contains("fake-1.0 full: not built, by trouble of this host\n  no disk\n  Buy one.");
        bench.builder.fails("rejected", "patch", "hunk 1 \u001b[2J");
        assertThat(build()).isEqualTo(1);
        assertThat(bench.out())
                .contains("rejected: a patch is rejected\n  hunk 1 ")
                .doesNotContain("\u001b");
        bench.builder.fails("broken", "build", "route.c:1: error");
        assertThat(build()).isEqualTo(1);
        assertThat(bench.out()).contains("broken: does not build\n  route.c:1: error");
    }

    @Test
    void optionsBecomeTheRequest() {
        bench.builder.builds("control");
        assertThat(build(
                        "--kernel",
                        "fake-1.0",
                        "--variant",
                        "fixed",
                        "--jobs",
                        "3",
                        "--out",
                        "/tmp/b",
                        "--no-ccache",
                        "--with-guest",
                        "--srpm",
                        "k.src.rpm"))
                .isZero();
        VerifyRequest asked = bench.builder.asked();
        assertThat(asked.plan().bug()).isEqualTo("demo");
        assertThat(asked.plan().kernels()).containsExactly("fake-1.0");
        assertThat(asked.plan().variants()).containsExactly("fixed");
        assertThat(asked.plan().overrides()).containsKey("fake-1.0");
        assertThat(asked.jobs()).isEqualTo(3);
        assertThat(asked.runsDirectory()).isEqualTo(Path.of("/tmp/b"));
        assertThat(asked.compilerCache()).isEqualTo(CompilerCachePolicy.OFF);
        assertThat(bench.builder.shipping()).isEqualTo(Shipping.WITH_GUEST);
    }

    @Test
    void jsonIsAllThatStandsOnStandardOutput() throws IOException {
        bench.builder.builds("control").fails("broken", "build", "route.c:1: error");
        assertThat(build("--json")).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/outcome").asText()).isEqualTo("SAYS_NO");
        assertThat(json.at("/variants/0/nevra").asText()).isEqualTo("kernel-1");
        assertThat(json.at("/variants/1/stage").asText()).isEqualTo("build");
        assertThat(json.at("/variants/1/lines/0").asText()).isEqualTo("route.c:1: error");
    }

    private int build(String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "build";
        args[1] = "demo";
        args[2] = "-C";
        args[3] = CommandBench.WORKSPACE;
        System.arraycopy(more, 0, args, 4, more.length);
        return bench.run(args);
    }
}
