package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/** Where a source RPM is to be had. */
public sealed interface SrpmLocation {

    /** The one case that it is, handled. */
    <R> R match(Function<Path, R> file, Function<URI, R> url);

    /** A file on this host, absolute. */
    record LocalFile(Path path) implements SrpmLocation {
        public LocalFile {
            requireNonNull(path);
        }

        @Override
        public <R> R match(Function<Path, R> file, Function<URI, R> url) {
            return file.apply(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** An {@code http} or {@code https} address. */
    record Url(URI uri) implements SrpmLocation {
        public Url {
            requireNonNull(uri);
        }

        @Override
        public <R> R match(Function<Path, R> file, Function<URI, R> url) {
            return url.apply(uri);
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }
}
