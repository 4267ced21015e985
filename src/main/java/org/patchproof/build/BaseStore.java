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
import java.util.ArrayList;
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
 * Built trees that other variants begin with, whole, and within bounds ({@link BaseRoom}): under
 * {@code bases/KEY} of the cache. One that was touched since it was sealed is removed. Those in use are locked, and
 * left alone by all.
 */
public final class BaseStore {
    /** The folder of the cache. */
    public static final String FOLDER = "bases";

    /** Its time is when a base was last used; it says how many bytes the base's files are. */
    private static final String USED = "used";

    private final CommandRunner runner;
    private final Path home;
    private final BaseRoom room;

    /** @param cache the cache's directory */
    public BaseStore(CommandRunner runner, Path cache) {
        this(runner, cache, BaseRoom.MOST_BYTES);
    }

    /** @param most bytes that all bases may take together */
    BaseStore(CommandRunner runner, Path cache, long most) {
        this.runner = Objects.requireNonNull(runner);
        this.home = cache.resolve(FOLDER).toAbsolutePath();
        this.room = new BaseRoom(most, home.toFile()::getUsableSpace, this::remove);
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
            Path scratch = Belongings.ours().scratch();
            try {
                return Files.isRegularFile(base.resolve(USED))
                        && TreeSeal.of(runner, tree.topdir(), scratch.resolve("seal"))
                                .digest()
                                .equals(tree.facts().seal());
            } finally {
                Belongings.ours().remove(scratch);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Keeps the topdir of a build that is done, was clean, and was proved before and after. The build has
     * none afterwards.
     *
     * @param proof of the tree after the compile
     * @param wanted bytes that must be free on the disk, as the next build will want them
     * @return why it was not kept; empty when it was
     */
    public Optional<String> keep(VariantBuild build, BuildIdentity identity, Carried proof, long wanted)
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
            room.make(trees(), 0, wanted, Instant.now());
            long usable = home.toFile().getUsableSpace();
            if (usable < wanted) {
                return Optional.of("the disk of " + home + " has only " + (usable >> 20) + " MiB free");
            }
            LeftBuild left = build.leave(key, proof);
            Path topdir = part.resolve("topdir");
            move(left.topdir(), topdir);
            left.tidy(topdir);
            TreeSeal seal = TreeSeal.of(runner, topdir, part.resolve("seal.scratch"));
            BaseTree.write(part, left.facts().sealed(seal));
            Files.writeString(part.resolve(USED), Long.toString(seal.bytes()));
            room.make(trees(), seal.bytes(), 0, Instant.now());
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
    private List<BaseRoom.Tree> trees() throws IOException {
        List<BaseRoom.Tree> trees = new ArrayList<>();
        try (Stream<Path> entries = Files.list(home)) {
            for (Path base : entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
                    .toList()) {
                trees.add(new BaseRoom.Tree(
                        base.getFileName().toString(), bytes(base), used(base).toInstant()));
            }
        }
        trees.sort(Comparator.comparing(BaseRoom.Tree::lastUsed));
        return trees;
    }

    /** As noted; one that an earlier version kept has no note, and is measured. */
    private static long bytes(Path base) throws IOException {
        try {
            return Long.parseLong(Files.readString(base.resolve(USED)));
        } catch (IOException | NumberFormatException e) {
            return Trees.bytes(base);
        }
    }

    private static FileTime used(Path base) {
        try {
            return Files.getLastModifiedTime(base.resolve(USED));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Removes a base that nobody uses; false when somebody does. */
    private boolean remove(String key) throws IOException {
        Optional<UseLock> lock = UseLock.exclusive(lock(key));
        if (lock.isEmpty()) {
            return false;
        }
        try {
            if (!Files.isDirectory(home.resolve(key))) {
                return true; // somebody else removed it just now
            }
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
