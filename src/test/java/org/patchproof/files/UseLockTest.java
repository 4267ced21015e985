package org.patchproof.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any number of users, or one that changes. */
class UseLockTest {
    @TempDir
    Path dir;

    @Test
    void manyUseAndNobodyChangesWhatIsInUse() throws Exception {
        Path file = dir.resolve("locks/one");
        UseLock first = UseLock.shared(file).orElseThrow();
        UseLock second = UseLock.shared(file).orElseThrow();
        assertThat(UseLock.exclusive(file)).isEmpty();
        first.close();
        first.close();
        assertThat(UseLock.exclusive(file)).as("closing twice is closing once").isEmpty();
        second.close();
        try (UseLock alone = UseLock.exclusive(file).orElseThrow()) {
            assertThat(UseLock.shared(file)).isEmpty();
            assertThat(UseLock.exclusive(file)).isEmpty();
            assertThat(UseLock.shared(dir.resolve("locks/other"))).isPresent();
            assertThat(alone).isNotNull();
        }
        assertThat(UseLock.shared(file)).isPresent();
    }

    @Test
    void anotherProcessIsSeen() throws Exception {
        Path file = dir.resolve("lock");
        UseLock held = UseLock.shared(file).orElseThrow();
        assertThat(exclusiveElsewhere(file)).isEqualTo("busy");
        held.close();
        assertThat(exclusiveElsewhere(file)).isEqualTo("free");
    }

    /** Asks in a JVM of its own: locks belong to processes. */
    private static String exclusiveElsewhere(Path file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asker.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }

    /** Says whether a lock is free. */
    static final class Asker {
        private Asker() {}

        public static void main(String[] args) throws Exception {
            System.out.println(UseLock.exclusive(Path.of(args[0])).isPresent() ? "free" : "busy");
        }
    }
}
