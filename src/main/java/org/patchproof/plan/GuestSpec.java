package org.patchproof.plan;

import java.util.function.Function;

/** The root file system that kernels are tried in. {@code specs/guests/<name>.yaml}. */
public sealed interface GuestSpec permits DebootstrapGuest, ImageGuest {

    String name();

    String title();

    /**
     * sha256, 64 hex digits, over what decides the image, so that an image can be cached under it: not
     * over name and title.
     */
    String digest();

    /** The one case that it is, handled. */
    <R> R match(Function<DebootstrapGuest, R> debootstrap, Function<ImageGuest, R> image);
}
