package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A host as a test wants it. */
record FakeHost(String osRelease, String java, long disk, boolean tarball) implements HostView {
    static final String BOOKWORM = "PRETTY_NAME=\"Debian\"\nID=debian\nVERSION_CODENAME=bookworm\n";

    static FakeHost debian() {
        return new FakeHost(BOOKWORM, "17.0.15", 50L << 30, true);
    }

    @Override
    public int processors() {
        return 2;
    }

    @Override
    public OptionalLong memoryBytes() {
        return OptionalLong.of(8L << 30);
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
