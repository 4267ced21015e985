package org.patchproof.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dead process left goes; what anybody else has stays, whatever it is called. */
class BelongingsTest {
    @TempDir
    Path dir;

    private Registry registry;

    @BeforeEach
    void registry() throws IOException {
        registry = Registry.at(dir.resolve("registry"));
    }

    @Test
    void whatADeadProcessLeftIsRemovedWithItsFile() throws Exception {
        Path left = owned("left", "dead");
        Files.writeString(Files.createDirectories(left.resolve("deep")).resolve("overlay"), "x");
        Files.createSymbolicLink(left.resolve("nowhere"), dir.resolve("nowhere"));
        Path unmarked = Files.createDirectory(dir.resolve("killed-before-its-mark"));
        Path life = life("dead", left, unmarked, dir.resolve("never-made"));
        Belongings.open(registry);
        assertThat(left).doesNotExist();
        assertThat(unmarked).doesNotExist();
        assertThat(life).doesNotExist();
    }

    @Test
    void whatAnotherMadeAtTheSamePathStays() throws Exception {
        Path resumed = owned("resumed", "living");
        Path persons = Files.createDirectory(dir.resolve("persons"));
        Files.writeString(persons.resolve("thesis"), "x");
        Path target = Files.createDirectory(dir.resolve("target"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), target);
        life("dead", resumed, persons, link);
        Belongings.open(registry);
        assertThat(resumed).exists();
        assertThat(persons.resolve("thesis")).exists();
        assertThat(target).exists();
        assertThat(link).exists();
    }

    @Test
    void whatALivingProcessHasStays() throws Exception {
        Belongings living = Belongings.open(registry);
        Path one = living.make(dir.resolve("a/b"));
        Path two = living.scratch();
        Belongings.open(registry);
        assertThat(one).exists();
        assertThat(two).exists().hasParent(registry.directory());
        living.remove(two);
        assertThat(two).doesNotExist();
    }

    /** A lock goes when any channel to its file is closed: nothing of ours may read it. */
    @Test
    void theEndOfAProcessDoesNotGiveItsLockBackWhileItHasDirectories() throws Exception {
        Belongings living = Belongings.open(registry);
        living.make(dir.resolve("overlay"));
        living.end();
        Path life;
        try (java.util.stream.Stream<Path> files = Files.list(registry.directory())) {
            life = files.filter(f -> f.toString().endsWith(".life")).findFirst().orElseThrow();
        }
        String inode = ":" + Files.getAttribute(life, "unix:ino") + " ";
        assertThat(Files.readString(Path.of("/proc/locks"))).contains(inode);
        living.remove(dir.resolve("overlay"));
        living.end();
        assertThat(life).doesNotExist();
    }

    @Test
    void onlyWhatWeMadeIsOurs() throws Exception {
        Belongings ours = Belongings.open(registry);
        Path there = Files.createDirectory(dir.resolve("there"));
        assertThatThrownBy(() -> ours.make(there)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> ours.make(dir.resolve("a\nb"))).hasMessageContaining("a line feed in a path");
    }

    @Test
    void whatIsKeptIsNobodysAnyMore() throws Exception {
        Belongings ours = Belongings.open(registry);
        Path work = ours.make(dir.resolve("image.part"));
        Files.writeString(work.resolve("disk"), "x");
        ours.keep(work);
        try (java.util.stream.Stream<Path> lives = Files.list(registry.directory())) {
            Path life = lives.filter(f -> f.toString().endsWith(".life"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(registry.directory().resolve("dead.life"), Files.readString(life));
        }
        Belongings.open(registry);
        assertThat(work.resolve("disk")).exists();
    }

    @Test
    void aLineThatWasHalfWrittenIsNoPath() throws Exception {
        Path left = owned("left", "dead");
        Path whole = owned("left-and-more", "dead");
        Path life = life("dead");
        Files.writeString(life, "1 2 3\n" + whole + "\n" + left);
        Belongings.open(registry);
        assertThat(whole).doesNotExist();
        assertThat(left).exists();
    }

    @Test
    void aFileThatCannotBeReadKeepsNobodyFromStarting() throws Exception {
        Files.createDirectory(registry.directory().resolve("odd.life"));
        Files.write(registry.directory().resolve("bytes.life"), new byte[] {(byte) 0xff, 0, '\n', (byte) 0xc0, '\n'});
        assertThat(Belongings.open(registry).scratch()).exists();
    }

    @Test
    void aRegistryInWhichOthersHaveAHandIsRefused() throws Exception {
        Path open = Files.createDirectory(dir.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> Registry.at(open))
                .hasMessageContaining("is not a directory of this user alone. Remove it, then start again.");
        Path link = Files.createSymbolicLink(dir.resolve("link"), registry.directory());
        assertThatThrownBy(() -> Registry.at(link)).hasMessageContaining("not a directory of this user alone");
    }

    @Test
    void aPidWithoutALockIsNobodys() throws Exception {
        Files.writeString(dir.resolve(PidFile.NAME), ProcessHandle.current().pid() + "\n");
        assertThat(PidFile.in(dir)).isEmpty();
        Files.writeString(dir.resolve(PidFile.NAME), "no number");
        assertThat(PidFile.in(dir)).isEmpty();
    }

    private Path owned(String name, String owner) throws IOException {
        Path made = Files.createDirectory(dir.resolve(name));
        Files.writeString(made.resolve(".patchproof-owner"), owner);
        return made;
    }

    private Path life(String name, Path... paths) throws IOException {
        StringBuilder text = new StringBuilder("1234 long-ago another-boot\n");
        for (Path path : paths) {
            text.append(path).append('\n');
        }
        return Files.writeString(registry.directory().resolve(name + ".life"), text);
    }
}
