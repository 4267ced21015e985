package org.patchproof.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree goes as a whole, and nothing else does. As root all of it may be listed: see BuildPlaceIT. */
class TreesTest {
    @TempDir
    Path dir;

    @Test
    void whatNobodyMayListOrWriteToGoesToo() throws Exception {
        Path tree = Files.createDirectory(dir.resolve("tree"));
        Files.writeString(
                Files.createDirectories(tree.resolve("read-only/deep")).resolve("file"), "x");
        Files.writeString(Files.createDirectories(tree.resolve("closed/deep")).resolve("file"), "x");
        mode(tree.resolve("read-only/deep"), "r-xr-xr-x");
        mode(tree.resolve("read-only"), "r-xr-xr-x");
        mode(tree.resolve("closed/deep"), "---------");
        mode(tree.resolve("closed"), "---------");
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void whereALinkLeadsAllStaysAsItIs() throws Exception {
        Path other = Files.createDirectory(dir.resolve("other"));
        Files.writeString(other.resolve("file"), "x");
        mode(other, "r-x------");
        Path tree = Files.createDirectory(dir.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("link"), other);
        mode(tree, "r-x------");
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(other.resolve("file")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("r-x------");
        mode(other, "rwx------");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
