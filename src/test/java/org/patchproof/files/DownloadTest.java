package org.patchproof.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] PACKAGE =
            "a source package".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final String SHA256 = FileDigest.sha256(PACKAGE);

    @TempDir
    Path cache;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> answer(exchange, 200, PACKAGE.length));
        server.createContext("/gone", exchange -> answer(exchange, 404, 0));
        server.createContext("/cut", exchange -> answer(exchange, 200, PACKAGE.length + 1000));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatHasTheRightDigestIsFetchedOnceAndKept() throws Exception {
        Path first = new Download(cache, 4L << 20).get(url("/file"), "file", SHA256);
        assertThat(first).isEqualTo(cache.resolve(SHA256).resolve("file")).hasBinaryContent(PACKAGE);
        assertThat(new Download(cache, 4L << 20).get(url("/file"), "file", SHA256))
                .isEqualTo(first);
        assertThat(asked).hasValue(1);
        Files.writeString(first, "spoiled");
        assertThat(new Download(cache, 4L << 20).get(url("/file"), "file", SHA256))
                .hasBinaryContent(PACKAGE);
        assertThat(files()).containsExactly(first);
    }

    @Test
    void whateverElseComesIsRefusedAndNothingIsLeft() throws IOException {
        refused("/file", "0".repeat(64), "has sha256 " + SHA256 + ", asked for was 000");
        refused("/gone", SHA256, "the server answers 404");
        refused("/cut", SHA256, "could not be fetched");
        server.stop(0);
        refused("/file", SHA256, "could not be fetched");
    }

    @Test
    void whatHasNoEndIsCutOff() throws IOException {
        assertThatThrownBy(() -> new Download(cache, 1000).get(url("/file"), "file", SHA256))
                .isInstanceOf(Download.FailedException.class)
                .hasMessageContaining("longer than 1000 bytes");
        assertThat(files()).isEmpty();
    }

    private void refused(String path, String sha256, String words) throws IOException {
        assertThatThrownBy(() -> new Download(cache, 4L << 20).get(url(path), "file", sha256))
                .isInstanceOf(Download.FailedException.class)
                .hasMessageContaining(words);
        assertThat(files()).isEmpty();
    }

    private URI url(String path) {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange, int code, long length) throws IOException {
        asked.incrementAndGet();
        exchange.sendResponseHeaders(code, length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(PACKAGE);
        }
        exchange.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(cache)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
