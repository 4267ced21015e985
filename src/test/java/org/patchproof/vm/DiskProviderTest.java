package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.ImageGuest;
import org.patchproof.process.CommandException;
import org.patchproof.testing.FakeRunner;

/** Up to the moment at which a machine would be started; what comes then is DiskGuestIT's. */
class DiskProviderTest {
    private static final byte[] IMAGE = image();

    @TempDir
    Path dir;

    private final FakeRunner runner = new FakeRunner();
    private Path file;

    @BeforeEach
    void file() {
        file = dir.resolve("images/some.qcow2");
    }

    @Test
    void anImageThatIsNotHereIsSaidBeforeAnythingIsMadeWithWhatToDo() {
        assertThatThrownBy(() -> new GuestBuilder(runner, dir).require(guest(Optional.empty(), "ab".repeat(32))))
                .isInstanceOfSatisfying(GuestUnavailableException.class, e -> {
                    assertThat(e)
                            .hasMessageContaining("guest cloud (A cloud) needs a disk image that is not here: " + file)
                            .hasMessageContaining("ab".repeat(32));
                    assertThat(e.remedy()).contains("Put it there", "specs/guests/cloud.yaml", "docs/guests.md");
                });
        assertThat(dir).isEmptyDirectory();
        assertThat(runner.asked()).isEmpty();
    }

    @Test
    void anotherImageThanTheSpecNamesIsNotStarted() throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, IMAGE);
        assertThatThrownBy(() -> build(guest(Optional.empty(), "ab".repeat(32))))
                .isInstanceOf(GuestUnavailableException.class)
                .hasMessageContaining("has sha256 " + FileDigest.sha256(IMAGE) + ", specs/guests/cloud.yaml says abab");
        assertThat(runner.asked()).isEmpty();
    }

    @Test
    void theRightOneIsReadAsWhatItIsAndNothingIsLeftWhenThatFails() throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, IMAGE);
        assertThatThrownBy(() -> build(guest(Optional.empty(), FileDigest.sha256(IMAGE))))
                .isInstanceOf(CommandException.class);
        assertThat(runner.asked().get(0).argv())
                .startsWith("qemu-img", "convert", "-f", "qcow2", "-O", "qcow2", file.toString());
        assertThat(dir.resolve("guests"))
                .isDirectoryNotContaining(path -> !path.toString().endsWith(".lock"));
    }

    @Test
    void itMayBeFetched() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, IMAGE.length);
            exchange.getResponseBody().write(IMAGE);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
            new GuestBuilder(runner, dir).require(guest(Optional.of(url), FileDigest.sha256(IMAGE)));
            assertThatThrownBy(() -> build(guest(Optional.of(url), FileDigest.sha256(IMAGE))))
                    .isInstanceOf(CommandException.class);
            assertThat(runner.asked().get(0).argv()).anyMatch(word -> word.contains("/images/"));
            assertThatThrownBy(() -> build(guest(Optional.of(url), "ab".repeat(32))))
                    .isInstanceOf(GuestUnavailableException.class)
                    .hasMessageContaining("asked for was abab");
        } finally {
            server.stop(0);
        }
    }

    private void build(ImageGuest guest) throws IOException, InterruptedException {
        new GuestBuilder(runner, dir).under(Acceleration.TCG).build(guest, dir.resolve("log"), word -> {});
    }

    private ImageGuest guest(Optional<URI> url, String sha256) {
        return new ImageGuest("cloud", "A cloud", file, url, sha256);
    }

    private static byte[] image() {
        return ByteBuffer.allocate(4096).putInt(0x514649fb).putInt(3).array();
    }
}
