package org.patchproof.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gets a file from an address, once: it is kept by its sha256, which must be known beforehand, so that
 * nothing is ever made from what a server happens to say.
 */
public final class Download {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofHours(2);

    private final Path cache;
    private final long mostBytes;

    /**
     * @param cache where files are kept, each in a folder that is named by its sha256
     * @param mostBytes what is longer is cut off, and is an error
     */
    public Download(Path cache, long mostBytes) {
        this.cache = cache;
        this.mostBytes = mostBytes;
    }

    /** It could not be had whole, or is another one; the message says which, with the address. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String message) {
            super(message);
        }
    }

    /**
     * The file at {@code url}.
     *
     * @param fileName how it is called here
     * @param sha256 what it must have, 64 lower-case hex digits
     */
    public Path get(URI url, String fileName, String sha256) throws FailedException {
        Path kept = cache.resolve(sha256).resolve(fileName);
        try {
            if (Files.isRegularFile(kept) && FileDigest.sha256(kept).equals(sha256)) {
                return kept;
            }
            Files.createDirectories(kept.getParent());
            Path scratch = Belongings.ours().scratchIn(kept.getParent());
            Path part = scratch.resolve(fileName);
            try {
                fetch(url, part);
                String got = FileDigest.sha256(part);
                if (!got.equals(sha256)) {
                    throw new FailedException(url + " has sha256 " + got + ", asked for was " + sha256);
                }
                Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Belongings.ours().remove(scratch);
            }
            return kept;
        } catch (IOException e) {
            throw new FailedException(url + " could not be fetched: " + why(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException(url + " was not fetched: interrupted");
        }
    }

    private void fetch(URI url, Path part) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(ANSWER)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "download-limit");
            thread.setDaemon(true);
            return thread;
        });
        try (InputStream in = response.body();
                OutputStream out = Files.newOutputStream(part)) {
            if (response.statusCode() != 200) {
                throw new IOException("the server answers " + response.statusCode());
            }
            watch.schedule(() -> close(in), WHOLE.toSeconds(), TimeUnit.SECONDS);
            copy(in, out);
        } finally {
            watch.shutdownNow();
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > mostBytes) {
                throw new IOException("it is longer than " + mostBytes + " bytes");
            }
            out.write(buffer, 0, n);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It is closed as far as it can be; reading it fails, and that is reported.
        }
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
