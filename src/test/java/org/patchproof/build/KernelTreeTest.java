package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTreeTest {
    private static final String MAKEFILE =
            "# SPDX-License-Identifier: GPL-2.0\nVERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n";

    @TempDir
    Path build;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux-6.1.192",
                "kernel-3.10.0-693.el7/linux-3.10.0-693.el7.x86_64",
                "kernel-6.1-build/kernel-6.1/linux-6.1-2.x86_64"
            })
    void findsTheTreeWhateverTheSpecCallsItsDirectory(String directory) throws IOException {
        Path tree = tree(directory);
        file(directory + "/net/Makefile", "obj-y := ipv4/\n");
        file(directory + "/net/Kconfig", "");
        assertThat(KernelTree.find(build)).contains(tree);
    }

    @Test
    void ofTwoItTakesTheUpperThenTheFirstByName() throws IOException {
        tree("a/nested/linux-1");
        Path vanilla = tree("kernel/vanilla-6.1");
        assertThat(KernelTree.find(build)).contains(vanilla);
        Path linux = tree("kernel/linux-6.1");
        assertThat(KernelTree.find(build)).contains(linux);
    }

    @Test
    void whatIsNoKernelsTopLevelIsNone() throws IOException {
        assertThat(KernelTree.find(build)).as("nothing at all").isEmpty();
        file("no-kconfig/Makefile", MAKEFILE);
        file("no-patchlevel/Makefile", "all:\n");
        file("no-patchlevel/Kconfig", "");
        file("late/Makefile", "#".repeat(5000) + "\n" + MAKEFILE);
        file("late/Kconfig", "");
        Files.createDirectories(build.resolve("folders/Makefile"));
        file("folders/Kconfig", "");
        tree("far/too/deep/linux");
        assertThat(KernelTree.find(build)).isEmpty();
    }

    @Test
    void followsNoLink(@TempDir Path elsewhere) throws IOException {
        file(elsewhere.resolve("Makefile").toString(), MAKEFILE);
        file(elsewhere.resolve("Kconfig").toString(), "");
        Files.createSymbolicLink(build.resolve("linux"), elsewhere);
        assertThat(KernelTree.find(build)).isEmpty();
    }

    @Test
    void aBuildDirectoryThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> KernelTree.find(build.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    private Path tree(String directory) throws IOException {
        file(directory + "/Makefile", MAKEFILE);
        file(directory + "/Kconfig", "mainmenu \"Linux\"\n");
        return build.resolve(directory);
    }

    private void file(String name, String text) throws IOException {
        Path file = build.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
