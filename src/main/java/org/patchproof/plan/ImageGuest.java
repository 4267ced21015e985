package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * A ready-made disk image that the user brings.
 *
 * @param fileName without a folder
 * @param sha256 of the file, 64 lower-case hex digits
 */
public record ImageGuest(String name, String title, String fileName, Optional<String> sha256) implements GuestSpec {
    public ImageGuest {
        Names.require(name);
        requireNonNull(title);
        requireNonNull(fileName);
        requireNonNull(sha256);
    }

    @Override
    public String digest() {
        return new CanonicalDigest("image")
                .put("file", fileName)
                .put("sha256", sha256.orElse(""))
                .hex();
    }

    @Override
    public <R> R match(Function<DebootstrapGuest, R> debootstrap, Function<ImageGuest, R> image) {
        return image.apply(this);
    }
}
