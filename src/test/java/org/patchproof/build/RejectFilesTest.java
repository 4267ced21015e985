package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFilesTest {
    private static final String ROUTE = "net/ipv4/route.c";
    private static final String TREE = "kernel-6.1-build/kernel-6.1/linux-6.1-2.x86_64/";
    private static final String HUNK = "--- net/ipv4/route.c\n+++ net/ipv4/route.c\n@@ -1 +1 @@\n-a\n+b\n";

    @TempDir
    Path build;

    @Test
    void readsTheHunksOfOurFilesInOrder() throws IOException {
        file(TREE + "net/ipv4/route.c.rej", HUNK);
        file(TREE + "include/net/ip.h.rej", "--- include/net/ip.h\n");
        assertThat(RejectFiles.read(build, Set.of(ROUTE, "include/net/ip.h")))
                .containsExactly(
                        "--- include/net/ip.h",
                        "--- net/ipv4/route.c",
                        "+++ net/ipv4/route.c",
                        "@@ -1 +1 @@",
                        "-a",
                        "+b");
    }

    @Test
    void passesOverTheHunksOfOthers() throws IOException {
        file(TREE + "net/ipv6/route.c.rej", HUNK);
        file(TREE + "other_net/ipv4/xroute.c.rej", HUNK);
        file(TREE + "subnet/ipv4/route.c", HUNK);
        file(TREE + "subnet/ipv4/route.c.orig", HUNK);
        assertThat(RejectFiles.read(build, Set.of(ROUTE, "route.c.orig", "ipv4/oute.c")))
                .isEmpty();
        assertThat(RejectFiles.read(build, Set.of())).isEmpty();
    }

    @Test
    void findsThemAsDeepAsAKernelIs() throws IOException {
        String deep = "drivers/gpu/drm/amd/display/dc/dml2/dml21/src/dml2_core/dml2_core_dcn4.c";
        file(TREE + deep + ".rej", "deep\n");
        assertThat(RejectFiles.read(build, Set.of(deep))).containsExactly("deep");
    }

    @Test
    void whatIsTooLongIsCutOrLeftOut() throws IOException {
        file(TREE + "a.c.rej", "line\n".repeat(1000));
        file(TREE + "b.c.rej", "x".repeat((1 << 20) + 1));
        assertThat(RejectFiles.read(build, Set.of("a.c", "b.c"))).hasSize(40).containsOnly("line");
    }

    @Test
    void bytesOfAnyCharsetAreRead() throws IOException {
        Path file = build.resolve("a.c.rej");
        Files.write(file, new byte[] {'-', (byte) 0xff, '\n'});
        assertThat(RejectFiles.read(build, Set.of("a.c"))).containsExactly("-\u00ff");
    }

    @Test
    void linksAndDirectoriesAreNoHunks(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret\n");
        Files.createSymbolicLink(build.resolve("a.c.rej"), secret);
        Files.createDirectory(build.resolve("b.c.rej"));
        assertThat(RejectFiles.read(build, Set.of("a.c", "b.c"))).isEmpty();
    }

    private void file(String name, String text) throws IOException {
        Path file = build.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
