package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A host as a test wants it. */
record FakeHost(String osRelease, String java, int processors, long disk, boolean tarball) implements HostView {
    static final String BOOKWORM = "PRETTY_NAME=\"Debian\"\nID=debian\nVERSION_CODENAME=bookworm\n";

    FakeHost(String osRelease, String java, long disk, boolean tarball) {
        this(osRelease, java, 2, disk, tarball);
    }

    static FakeHost debian() {
        return new FakeHost(BOOKWORM, "17.0.15", 50L << 30, true);
    }

    /** A host with that many processors, else as it is. */
    static FakeHost withProcessors(int processors) {
        return new FakeHost(BOOKWORM, "17.0.15", processors, 50L << 30, true);
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.of(8L << 30);
    }

    @Override
    public OptionalLong availableMemoryBytes() {
        return OptionalLong.of(6L << 30);
    }

    @Override
    public OptionalLong usableBytes(Path folder) {
        return OptionalLong.of(disk);
    }

    @Override
    public boolean exists(Path file) {
        return tarball;
    }
}
