package org.patchproof.build;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.patchproof.files.Belongings;
import org.patchproof.files.Trees;
import org.patchproof.files.UseLock;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * Built trees that other variants begin with, few and whole: under {@code bases/KEY} of the cache. One that
 * was touched since it was sealed is removed. Those in use are locked, and left alone by all.
 */
public final class BaseStore {
    /** The folder of the cache. */
    public static final String FOLDER = "bases";

    /** So many are kept at most; a tree of a kernel is large, and people work on one or two at a time. */
    public static final int MOST = 3;

    /** Its time is when a base was last used. */
    private static final String USED = "used";

    private final CommandRunner runner;
    private final Path home;

    /** @param cache the cache's directory */
    public BaseStore(CommandRunner runner, Path cache) {
        this.runner = Objects.requireNonNull(runner);
        this.home = cache.resolve(FOLDER).toAbsolutePath();
    }

    /**
     * The base of this identity, in use until it is closed; empty when there is none, or somebody just makes
     * or removes it.
     *
     * @param notes is told when one was there and is not whole; it is removed
     */
    public Optional<BaseTree> find(BuildIdentity identity, Consumer<String> notes) throws IOException {
        Path base = home.resolve(identity.digest());
        if (!Files.isDirectory(base)) {
            return Optional.empty();
        }
        Optional<UseLock> lock = UseLock.shared(lock(identity.digest()));
        if (lock.isEmpty() || !Files.isDirectory(base)) {
            close(lock);
            return Optional.empty();
        }
        Optional<BaseTree> whole = Optional.empty();
        try {
            whole = BaseTree.read(base, lock.get()).filter(tree -> isWhole(base, tree));
        } finally {
            if (whole.isEmpty()) {
                lock.get().close();
            }
        }
        if (whole.isEmpty()) {
            notes.accept("the built tree in " + base + " is not as it was left: it is built anew");
            remove(identity.digest());
        } else {
            Files.setLastModifiedTime(base.resolve(USED), FileTime.from(Instant.now()));
        }
        return whole;
    }

    private boolean isWhole(Path base, BaseTree tree) {
        try {
            Path scratch = Files.createTempFile("patchproof-seal", "");
            return Files.isRegularFile(base.resolve(USED))
                    && TreeSeal.of(runner, tree.topdir(), scratch)
                            .digest()
                            .equals(tree.facts().seal());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Keeps the topdir of a build that is done, was clean, and was proved before and after. The build has
     * none afterwards.
     *
     * @param proof of the tree after the compile
     * @param room bytes that must be free on the disk, as the next build will want them
     * @return why it was not kept; empty when it was
     */
    public Optional<String> keep(VariantBuild build, BuildIdentity identity, Carried proof, long room)
            throws IOException {
        String key = identity.digest();
        Files.createDirectories(home);
        Optional<UseLock> lock = UseLock.exclusive(lock(key));
        if (lock.isEmpty() || Files.isDirectory(home.resolve(key))) {
            close(lock);
            return Optional.of("there is one already");
        }
        Path part = Belongings.ours().scratchIn(home);
        try {
            long usable = home.toFile().getUsableSpace();
            if (usable < room) {
                return Optional.of("the disk of " + home + " has only " + (usable >> 20) + " MiB free");
            }
            while (bases().size() >= MOST && removeOldest()) {}
            LeftBuild left = build.leave(key, proof);
            Path topdir = part.resolve("topdir");
            move(left.topdir(), topdir);
            left.tidy(topdir);
            TreeSeal seal = TreeSeal.of(runner, topdir, part.resolve("seal.scratch"));
            BaseTree.write(part, left.facts().sealed(seal));
            Files.createFile(part.resolve(USED));
            Belongings.ours().keep(part);
            Files.move(part, home.resolve(key), StandardCopyOption.ATOMIC_MOVE);
            return Optional.empty();
        } finally {
            Belongings.ours().remove(part);
            close(lock);
        }
    }

    private static void close(Optional<UseLock> lock) throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }

    private void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            runner.run(Command.of("cp", "-a", "--reflink=auto", "--", from.toString(), to.toString())
                            .within(Duration.ofMinutes(30)))
                    .orThrow();
            Trees.delete(from);
        }
    }

    /** All bases, the one longest unused first. */
    private List<Path> bases() throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
                    .sorted(Comparator.comparing(BaseStore::used))
                    .toList();
        }
    }

    private static FileTime used(Path base) {
        try {
            return Files.getLastModifiedTime(base.resolve(USED));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private boolean removeOldest() throws IOException {
        for (Path base : bases()) {
            if (remove(base.getFileName().toString())) {
                return true;
            }
        }
        return false;
    }

    /** Removes a base that nobody uses; false when somebody does. */
    private boolean remove(String key) throws IOException {
        Optional<UseLock> lock = UseLock.exclusive(lock(key));
        if (lock.isEmpty()) {
            return false;
        }
        try {
            // By rename first: what is half removed has no name that anybody looks for.
            Path part = Belongings.ours().scratchIn(home);
            Files.move(home.resolve(key), part.resolve(key), StandardCopyOption.ATOMIC_MOVE);
            Belongings.ours().remove(part);
            return true;
        } finally {
            close(lock);
        }
    }

    private Path lock(String key) {
        return lock(home.getParent(), key);
    }

    /** The file to lock before the base of this key is removed. */
    public static Path lock(Path cache, String key) {
        return cache.resolve(FOLDER).resolve("locks").resolve(key);
    }

    /** Which variant was built in the base in {@code base}; empty when it is damaged. Its files are not looked at. */
    public static Optional<String> variant(Path base) throws IOException {
        return BaseTree.peek(base);
    }

    /** When the base in {@code base} was last used. */
    public static Optional<FileTime> lastUsed(Path base) {
        FileTime time = used(base);
        return time.toMillis() == 0 ? Optional.empty() : Optional.of(time);
    }
}
