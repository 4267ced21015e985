package org.patchproof.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.process.Command;

class PodmanRunTest {
    private static final Owner OWNER = new Owner("11111111-2222-3333-4444-555555555555", 42, 7);

    private static final PodmanRun RUN =
            new PodmanRun(Optional.empty(), List.of("--rootfs", "/roots/el7:O"), List.of("--ulimit=nofile=1:2"), OWNER);

    private static final Command RPMBUILD = Command.of("rpmbuild", "-bp", "--define", "a b; rm -rf /", "k.spec")
            .with("SOURCE_DATE_EPOCH", "1 2")
            .within(Duration.ofMinutes(90))
            .loggingTo(Path.of("/logs/build.log"));

    @Test
    void theWholeCommandLine() {
        Command command = RUN.command("pp-1", RPMBUILD, Optional.of(Path.of("/runs/topdir")));
        assertThat(command.argv().subList(0, 2)).containsExactly("/bin/bash", "-c");
        assertThat(command.argv().subList(3, command.argv().size()))
                .filteredOn(word -> !word.contains("\n"))
                .containsExactly(
                        "hold",
                        "podman",
                        "run",
                        "--rm",
                        "--interactive",
                        "--pull=never",
                        "--log-driver=none",
                        "--name=pp-1",
                        "--label=patchproof.owner=11111111-2222-3333-4444-555555555555.42.7",
                        "--network=none",
                        "--hostname=patchproof",
                        "--user=0:0",
                        "--cap-drop=all",
                        "--cap-add=CHOWN,DAC_OVERRIDE,FOWNER,FSETID",
                        "--security-opt=no-new-privileges",
                        "--security-opt=label=disable",
                        "--timeout=5460",
                        "--ulimit=nofile=1:2",
                        "--volume=/runs/topdir:/runs/topdir",
                        "--volume=/runs/topdir/SOURCES:/runs/topdir/SOURCES:ro",
                        "--volume=/runs/topdir/SPECS:/runs/topdir/SPECS:ro",
                        "--workdir=/runs/topdir",
                        "--env=LC_ALL=C",
                        "--env=SOURCE_DATE_EPOCH=1 2",
                        "--entrypoint=/bin/bash",
                        "--rootfs",
                        "/roots/el7:O",
                        "-c",
                        "leash",
                        "rpmbuild",
                        "-bp",
                        "--define",
                        "a b; rm -rf /",
                        "k.spec");
        assertThat(command.timeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(command.log()).contains(Path.of("/logs/build.log"));
        assertThat(command.environment()).isEmpty();
    }

    @Test
    void anotherRuntimeComesBeforeTheWordRun() {
        List<String> argv = RUN.by(Path.of("/usr/sbin/runc"))
                .command("pp-1", RPMBUILD, Optional.empty())
                .argv();
        assertThat(argv.subList(4, 8)).containsExactly("podman", "--runtime", "/usr/sbin/runc", "run");
        assertThat(argv).contains("--workdir=/").noneMatch(word -> word.startsWith("--volume"));
    }

    @Test
    void aPathThatPodmanWouldTakeForTwoIsRefused() {
        assertThatThrownBy(() -> RUN.command("pp-1", RPMBUILD, Optional.of(Path.of("/r/a:/etc"))))
                .isInstanceOf(RootException.class)
                .hasMessageContaining("podman cannot mount /r/a:/etc");
    }

    /** As a Debian 12 without CAP_SYS_RESOURCE showed them, and as they are where nothing is limited. */
    @Test
    void neverAsksForMoreThanWeHave() {
        assertThat(ProcessLimits.options("""
                Limit                     Soft Limit           Hard Limit           Units
                Max cpu time              unlimited            unlimited            seconds
                Max processes             96364                96364                processes
                Max open files            1024                 20000                files
                """))
                .containsExactly("--ulimit=nproc=32768:32768", "--ulimit=nofile=1024:20000");
        assertThat(ProcessLimits.options("""
                Max processes             unlimited            unlimited            processes
                Max open files            unlimited            4096                 files
                """)).containsExactly("--ulimit=nofile=4096:4096");
    }

    @Test
    void anOwnerThatLivesIsTheOneThatItSays() {
        Owner self = Owner.self();
        assertThat(self.alive()).isTrue();
        assertThat(Owner.parse(self.toString())).isEqualTo(self);
        // The number was given to another process; the host was started again; nobody wrote this.
        assertThat(new Owner(self.boot(), self.pid(), self.started() - 1).alive())
                .isFalse();
        assertThat(new Owner(OWNER.boot(), self.pid(), self.started()).alive()).isFalse();
        assertThat(Owner.parse("<no value>").alive()).isFalse();
        assertThat(Owner.parse("").alive()).isFalse();
    }
}
