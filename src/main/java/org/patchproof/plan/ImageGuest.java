package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A ready-made disk image that the user brings and that boots by itself.
 *
 * @param file where it is, absolute; it need not be there
 * @param url where it is fetched from when it is not
 * @param sha256 of the file, 64 lower-case hex digits
 */
public record ImageGuest(String name, String title, Path file, Optional<URI> url, String sha256) implements GuestSpec {
    public ImageGuest {
        Names.require(name);
        requireNonNull(title);
        requireNonNull(file);
        requireNonNull(url);
        requireNonNull(sha256);
    }

    /** Wherever it lies: what it is, its sha256 says. */
    @Override
    public String digest() {
        return new CanonicalDigest("image").put("sha256", sha256).hex();
    }

    @Override
    public <R> R match(Function<DebootstrapGuest, R> debootstrap, Function<ImageGuest, R> image) {
        return image.apply(this);
    }
}
