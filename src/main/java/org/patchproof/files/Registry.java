package org.patchproof.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory of one user on this host where its processes say what is theirs: one at a time, by a lock
 * on a file in it, so that nobody sees what another has only half said.
 *
 * @param directory for this user only
 */
record Registry(Path directory) {
    private static final Object WITHIN_THIS_PROCESS = new Object();
    private static final Set<PosixFilePermission> MINE_ONLY = PosixFilePermissions.fromString("rwx------");

    /** That of the user of this process, made when there is none. */
    static Registry ofUser() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return at(Path.of(System.getProperty("java.io.tmpdir"), "patchproof-" + uid));
    }

    /** The one at {@code directory}; refused when another user could have a hand in it. */
    static Registry at(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(MINE_ONLY));
        } catch (FileAlreadyExistsException e) {
            boolean mine = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    && MINE_ONLY.containsAll(Files.getPosixFilePermissions(directory));
            if (!mine) {
                throw new IOException(
                        directory + " is not a directory of this user alone. Remove it, then start again.", e);
            }
        }
        return new Registry(directory);
    }

    /** What is done while nobody else does. */
    interface Deed<T> {
        T perform() throws IOException;
    }

    <T> T exclusively(Deed<T> deed) throws IOException {
        synchronized (WITHIN_THIS_PROCESS) {
            try (FileChannel mutex =
                    FileChannel.open(directory.resolve("mutex"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                mutex.lock(); // until the channel closes
                return deed.perform();
            }
        }
    }

    /** This process, for a person who looks: pid, when it began, since which boot. */
    static String self() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        byte[] boot = Files.readAllBytes(Path.of("/proc/sys/kernel/random/boot_id"));
        return self.pid() + " "
                + self.info().startInstant().map(Object::toString).orElse("?") + " "
                + new String(boot, StandardCharsets.US_ASCII).strip();
    }
}
