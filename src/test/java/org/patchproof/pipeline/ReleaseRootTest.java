package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.testing.FakeRoot;
import org.patchproof.testing.FakeRunner;

class ReleaseRootTest {
    @Test
    void itTellsOfTheRootAndClosesIt() throws IOException {
        FakeRunner runner = new FakeRunner()
                .answer("dpkg-query", 0, "ii \tof-the-host\t1\tamd64\n")
                .answer("gcc --version", 0, "gcc of the host\n")
                .answer("gpg --version", 0, "gpg of the host\nlibgcrypt\n")
                .answer("in-root gcc --version", 0, "gcc (GCC) 4.8.5\nCopyright\n")
                .answer("in-root rpm", 0, "gcc\t4.8.5-44.el7\tx86_64\n");
        FakeRoot open = new FakeRoot();
        try (ReleaseRoot root =
                ReleaseRoot.of(runner, new BuildRoot.Container(new Filling.Image("localhost/el7:1")), open)) {
            assertThat(root.installed()).containsExactly("pkg:rpm/gcc@4.8.5-44.el7?arch=x86_64");
            assertThat(root.tools())
                    .containsEntry("gcc", "gcc (GCC) 4.8.5")
                    .containsEntry("gpg", "gpg of the host")
                    .containsKey("patchproof");
            assertThat(root.facts().digest()).contains("sha256:ab cd");
            assertThat(root.facts().contents()).contains("cd\nfeed\n4.8.5").doesNotContain("el7:1");
        }
        assertThat(open.closed()).isTrue();
    }
}
