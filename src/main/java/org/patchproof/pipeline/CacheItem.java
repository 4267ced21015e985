package org.patchproof.pipeline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * One thing in the cache.
 *
 * @param kind what it is
 * @param path the file or folder
 * @param bytes all its files together
 * @param lastUsed when a run last wanted it; of what keeps no note of its own, to the day
 * @param words what it is, for a person
 */
public record CacheItem(Kind kind, Path path, long bytes, Instant lastUsed, String words) {

    /** What a cache has. */
    public enum Kind {
        /** A built tree, in which further variants are built. */
        TREE("bases"),
        /** Packages that were built. */
        PACKAGES("packages"),
        /** A guest that was made ready. */
        GUEST("guests"),
        /** A source package that was made of a tarball or a repository. */
        SOURCE("sources"),
        /** A source package that was fetched. */
        SRPM("srpms"),
        /** A guest's disk image that was fetched. */
        IMAGE("images"),
        /** A root directory to build in, made of a distribution's packages. */
        ROOT("roots"),
        /** What this project's own tests made, and want again: an image that boots by itself, a kernel for it. */
        TEST("tests"),
        /** Files of kernels' sources, taken out for {@code check}. */
        CHECK("check"),
        /** What a process that was killed left of any of these. */
        LEFT_OVER("");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /** Where in the cache it is. */
        String folder() {
            return folder;
        }
    }

    public CacheItem {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(path);
        Objects.requireNonNull(lastUsed);
        Objects.requireNonNull(words);
    }
}
