package org.patchproof.specfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files that a spec may include, as they lie in directories such as SOURCES. */
public final class SourcesAtHand {
    /** Included files hold a few tags and macros; what is larger is not read. */
    private static final int LIMIT = 1 << 20;

    private SourcesAtHand() {}

    /**
     * Looks in each of {@code directories}, in order. What is no regular file there, or larger than 1
     * MiB, is not at hand.
     */
    public static Includes in(Path... directories) {
        List<Path> all = List.of(directories);
        return name -> all.stream()
                .map(directory -> directory.resolve(name))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .flatMap(SourcesAtHand::read);
    }

    private static Optional<byte[]> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            return bytes.length > LIMIT ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
