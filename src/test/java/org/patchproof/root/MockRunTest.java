package org.patchproof.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.process.Command;
import org.patchproof.testing.FakeRunner;

class MockRunTest {
    private static final String CALL = "mock --root=centos+epel-7-x86_64 --uniqueext=pp-1 --quiet ";
    private static final MockRun MOCK = new MockRun("centos+epel-7-x86_64", "pp-1");

    @Test
    void theChrootIsMadeFilledAndRemoved() {
        assertThat(words(MOCK.init())).isEqualTo(CALL + "--init");
        assertThat(words(MOCK.installRpmbuild())).isEqualTo(CALL + "--install rpm-build");
        assertThat(words(MOCK.installDependencies(Path.of("/s/kernel.src.rpm"))))
                .isEqualTo(CALL + "--installdeps /s/kernel.src.rpm");
        assertThat(words(MOCK.killOrphans())).isEqualTo(CALL + "--orphanskill");
        assertThat(words(MOCK.remove())).isEqualTo(CALL + "--scrub=chroot");
    }

    /** The tree that -bp prepares is proved on this host, and compiled by -bb --noprep in the same directory. */
    @Test
    void rpmbuildRunsInTheChrootOnATopdirOfThisHost() {
        Command rpmbuild = Command.of("rpmbuild", "-bb", "--noprep", "--define", "_topdir /r/top", "k.spec")
                .with("SOURCE_DATE_EPOCH", "12")
                .within(Duration.ofHours(4))
                .loggingTo(Path.of("/r/build.log"));
        Command command = MOCK.command(rpmbuild, Optional.of(Path.of("/r/top")));
        assertThat(command.argv())
                .containsExactly(
                        "mock",
                        "--root=centos+epel-7-x86_64",
                        "--uniqueext=pp-1",
                        "--quiet",
                        "--isolation=simple",
                        "--unpriv",
                        "--cwd=/",
                        "--enable-plugin=bind_mount",
                        "--plugin-option=bind_mount:dirs=[(\"/r/top\", \"/r/top\")]",
                        "--chroot",
                        "--",
                        "/usr/bin/env",
                        "LC_ALL=C",
                        "SOURCE_DATE_EPOCH=12",
                        "rpmbuild",
                        "-bb",
                        "--noprep",
                        "--define",
                        "_topdir /r/top",
                        "k.spec");
        assertThat(command.timeout()).isEqualTo(Duration.ofHours(4));
        assertThat(command.log()).contains(Path.of("/r/build.log"));
    }

    @Test
    void aPathThatIsNotPlainIsNoLiteralOfOurs() {
        for (String path : new String[] {"/r/a\"), (\"/etc", "/r/with blank", "/r/a\\b"}) {
            assertThatThrownBy(() -> MOCK.command(Command.of("true"), Optional.of(Path.of(path))))
                    .isInstanceOf(RootException.class)
                    .hasMessageContaining("mock cannot mount");
        }
    }

    @Test
    void mockDoesNotRunAsRoot() {
        FakeRunner root = new FakeRunner().answer("id -u", 0, "0\n");
        assertThatThrownBy(() -> MockRoot.open(root, "c", Path.of("k.src.rpm"), Path.of("root.log")))
                .isInstanceOfSatisfying(
                        RootException.class, e -> assertThat(e.remedy()).contains("group mock"));
        assertThat(root.asked()).hasSize(1);
    }

    @Test
    void aChrootThatIsNotMadeIsRemovedAndSaidWithItsTranscript() {
        FakeRunner runner = new FakeRunner().answer("id -u", 0, "1000\n").answer("mock", 1, "ERROR: no such config\n");
        assertThatThrownBy(() -> MockRoot.open(runner, "c", Path.of("k.src.rpm"), Path.of("root.log")))
                .isInstanceOf(RootException.class)
                .hasMessageContaining("ERROR: no such config");
        assertThat(words(runner.asked().get(runner.asked().size() - 1))).endsWith("--scrub=chroot");
    }

    @Test
    void aChrootIsAskedForItsCompilerAndRemovedInTheEnd() {
        FakeRunner runner = new FakeRunner()
                .answer("id -u", 0, "1000\n")
                .answer("mock", 0, "== compiler 4.8.5\n== rpmbuild RPM version 4.11.3\n== packages abc\n");
        MockRoot root = MockRoot.open(runner, "c", Path.of("k.src.rpm"), Path.of("root.log"));
        assertThat(root.identity())
                .isEqualTo(new RootIdentity("mock", "c", Optional.empty(), "abc", "4.8.5", "RPM version 4.11.3"));
        assertThat(words(root.inside(Command.of("gcc", "--version"))))
                .startsWith("mock --root=c --uniqueext=patchproof-")
                .endsWith("--isolation=simple --unpriv --cwd=/ --chroot -- /usr/bin/env LC_ALL=C gcc --version");
        assertThat(words(root.inside(Command.of("rpmbuild", "-bs"), Path.of("/r/.x.in-the-making/topdir"))))
                .contains("bind_mount:dirs=[(\"/r/.x.in-the-making/topdir\"")
                .endsWith("rpmbuild -bs");
        root.close();
        assertThat(words(runner.asked().get(runner.asked().size() - 2))).endsWith("--orphanskill");
        assertThat(words(runner.asked().get(runner.asked().size() - 1))).endsWith("--scrub=chroot");
    }

    private static String words(Command command) {
        return String.join(" ", command.argv());
    }
}
