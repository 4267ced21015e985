package org.patchproof.release;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;

/**
 * Where a release is made: a hidden folder beside its place, so that one rename puts it there. Steps that are
 * finished stay finished: a release that was killed goes on behind the last of them, when the same is asked
 * for. Its place holds the whole release or nothing.
 */
public final class ReleaseWork implements AutoCloseable {
    private static final String DONE = "done.json";
    private static final String KEY = "key";
    private static final String LOCK = ".lock";
    private static final String REFUSED = "refused";

    /** Whatever is asked for next. */
    private static final Set<String> KEPT = Set.of(LOCK, REFUSED);

    private final Path target;
    private final Path home;
    private final FileChannel lock;

    private ReleaseWork(Path target, Path home, FileChannel lock) {
        this.target = target;
        this.home = home;
        this.lock = lock;
    }

    /** What a step does: its files go to {@code folder}. */
    public interface Step<T> {
        T run(Path folder) throws IOException, InterruptedException;
    }

    /** A finished step: its value, and the sha256 of each of its files. */
    record Done<T>(T value, Map<String, String> files) {}

    /**
     * Opens the work for {@code target}.
     *
     * @param key digest of all that was asked for: what was done for another request is thrown away
     * @throws RefusedException when {@code target} is there already, or somebody is making it now
     */
    public static ReleaseWork open(Path target, String key) throws IOException {
        requireFree(target);
        Path whole = target.toAbsolutePath().normalize();
        Files.createDirectories(whole.getParent());
        Path home = whole.resolveSibling("." + whole.getFileName() + ".in-the-making");
        Files.createDirectories(home);
        FileChannel channel = FileChannel.open(home.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new RefusedException(
                    "another patchproof is making " + target, "Wait until it has ended, or name another directory.");
        }
        ReleaseWork work = new ReleaseWork(whole, home, channel);
        work.requireKey(key);
        return work;
    }

    /**
     * To be asked before what takes long.
     *
     * @throws RefusedException when {@code target} is there already
     */
    public static void requireFree(Path target) {
        if (Files.exists(target)) {
            throw new RefusedException(
                    target + " is there already", "Name a new directory (-o): a release is never changed.");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void requireKey(String key) throws IOException {
        Path file = home.resolve(KEY);
        if (Files.isRegularFile(file) && Files.readString(file).equals(key)) {
            return;
        }
        try (Stream<Path> old = Files.list(home)) {
            for (Path path : old.toList()) {
                if (!KEPT.contains(path.getFileName().toString())) {
                    Trees.delete(path);
                }
            }
        }
        Path part = Files.writeString(home.resolve(".key.part"), key);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Room for what no one keeps. */
    public Path scratch(String name) {
        return home.resolve("scratch").resolve(name);
    }

    /** Where it is kept what must not be released; other requests leave it alone. */
    public Path refused() {
        return home.resolve(REFUSED);
    }

    /** Where a step's log goes; not part of the release. */
    public Path log(String name) throws IOException {
        return Files.createDirectories(home.resolve("logs")).resolve(name + ".log");
    }

    /** Whether {@code step} was finished before, and its files are as they were then. */
    public <T> boolean has(String step, Class<T> type) throws IOException {
        return done(step, type) != null;
    }

    /**
     * The value of {@code step}: of before, or made now.
     *
     * @param name of a folder
     */
    public <T> T once(String name, Class<T> type, Step<T> step) throws IOException, InterruptedException {
        T before = done(name, type);
        if (before != null) {
            return before;
        }
        Path folder = folder(name);
        Trees.delete(folder);
        Files.createDirectories(folder);
        T value = step.run(folder);
        ReleaseJson.write(folder.resolve(DONE), new Done<>(value, digests(folder)));
        return value;
    }

    /** Where the files of a step are. */
    public Path folder(String name) {
        return home.resolve("steps").resolve(name);
    }

    private <T> T done(String name, Class<T> type) throws IOException {
        Path file = folder(name).resolve(DONE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            Done<T> done = ReleaseJson.MAPPER.readValue(
                    file.toFile(), ReleaseJson.MAPPER.getTypeFactory().constructParametricType(Done.class, type));
            return digests(folder(name)).equals(done.files()) ? done.value() : null;
        } catch (JacksonException e) {
            return null; // of another version, or damaged: it is done again
        }
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.equals(DONE)) {
                    digests.put(name, FileDigest.sha256(file));
                }
            }
        }
        return digests;
    }

    /** An empty folder for the release, which nobody sees before {@link #publish}. */
    public Path staging() throws IOException {
        Path staging = home.resolve("release");
        Trees.delete(staging);
        return Files.createDirectories(staging);
    }

    /** Puts the staging folder to its place, by one rename, and removes all else. */
    public Path publish(Path staging) throws IOException {
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        close();
        Trees.delete(home);
        return target;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
