package org.patchproof.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The directories that live no longer than this process: sockets, overlays, work folders. What a
 * killed process could not remove, the next start finds and removes, and only that.
 *
 * <p>Each process has a file of its own in its user's {@link Registry}, on which it holds a lock for as
 * long as it lives, and which names its directories: the kernel gives the lock back whatever ends the
 * process, and unlike a pid it cannot be somebody else's later, nor be mistaken in another container.
 * Each directory bears the name of that file: one that another process made anew at the same path is
 * not removed.
 */
public final class Belongings {
    private static final String MARK = ".patchproof-owner";
    private static final String LIFE = ".life";
    private static final int DELETE_TRIES = 10;

    /** The files on which this process itself holds locks: closing another channel to one gives the lock back. */
    private static final Set<Path> LIVED_HERE = ConcurrentHashMap.newKeySet();

    private static Belongings ours;

    private final Registry registry;
    private final String name;
    private final FileChannel life;
    private final Set<Path> directories = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();

    private Belongings(Registry registry, String name, FileChannel life) {
        this.registry = registry;
        this.name = name;
        this.life = life;
    }

    /**
     * Those of this process. Its first call removes what dead processes of this user left.
     *
     * @throws UncheckedIOException when the registry cannot be used, with the remedy
     */
    public static synchronized Belongings ours() {
        if (ours == null) {
            try {
                ours = open(Registry.ofUser());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(ours::end, "belongings"));
        }
        return ours;
    }

    /** A new life in {@code registry}, after those that ended there were swept. */
    static Belongings open(Registry registry) throws IOException {
        byte[] random = new byte[5];
        new SecureRandom().nextBytes(random);
        String name = HexFormat.of().formatHex(random);
        return registry.exclusively(() -> {
            sweep(registry);
            Path file = registry.directory().resolve(name + LIFE);
            LIVED_HERE.add(file);
            FileChannel life = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            life.lock();
            Belongings made = new Belongings(registry, name, life);
            made.note(Registry.self());
            return made;
        });
    }

    /**
     * Makes {@code directory}, ours from now on.
     *
     * @throws FileAlreadyExistsException when there is anything: what we did not make is never ours
     */
    public Path make(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        if (path.toString().indexOf('\n') >= 0) {
            throw new IOException("a line feed in a path: " + path);
        }
        Files.createDirectories(path.getParent());
        return registry.exclusively(() -> {
            if (Files.exists(path)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            note(path.toString());
            directories.add(path);
            Files.createDirectory(path);
            Files.writeString(path.resolve(MARK), name);
            return path;
        });
    }

    /** A new directory with a short name, for this user only: a socket's path may have 107 bytes. */
    public Path scratch() throws IOException {
        return make(registry.directory().resolve(name + "-" + made.getAndIncrement()));
    }

    /** A new directory in {@code directory}: what is made in it can be moved there as a whole. */
    public Path scratchIn(Path directory) throws IOException {
        return make(directory.resolve(".part-" + name + "-" + made.getAndIncrement()));
    }

    /** Removes one of ours; what cannot be removed now, a later start removes. */
    public void remove(Path directory) {
        try {
            delete(name, directory);
        } catch (IOException e) {
            // a later start removes it
        }
    }

    /** One of ours is to stay, as it is whole now: takes our mark off it. */
    public void keep(Path directory) throws IOException {
        Files.delete(directory.resolve(MARK));
    }

    private synchronized void note(String line) throws IOException {
        life.write(StandardCharsets.UTF_8.encode(line + "\n"));
    }

    /** The end of a life whose directories are gone; else the next start sees to them. */
    void end() {
        try {
            // Not read from the file: closing it would give the lock back, while our machines are still ending.
            if (directories.stream().noneMatch(path -> isOf(name, path))) {
                Files.deleteIfExists(registry.directory().resolve(name + LIFE));
            }
        } catch (IOException e) {
            // the next start sees to it
        }
    }

    private static void sweep(Registry registry) throws IOException {
        List<Path> lives;
        try (Stream<Path> files = Files.list(registry.directory())) {
            lives = files.filter(file -> file.toString().endsWith(LIFE)).toList();
        }
        for (Path life : lives) {
            if (!LIVED_HERE.contains(life)) {
                sweepIfEnded(life);
            }
        }
    }

    private static void sweepIfEnded(Path life) {
        try (FileChannel channel = FileChannel.open(life, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                sweepEnded(life);
            }
        } catch (IOException e) {
            // it ended just now, or cannot be read: no reason not to start
        }
    }

    private static void sweepEnded(Path life) throws IOException {
        String file = life.getFileName().toString();
        String owner = file.substring(0, file.length() - LIFE.length());
        boolean all = true;
        for (Path path : directories(life)) {
            if (!isOf(owner, path)) {
                continue;
            }
            PidFile.in(path).ifPresent(PidFile::kill);
            try {
                delete(owner, path);
            } catch (IOException e) {
                all = false; // tried again by the next start
            }
        }
        if (all) {
            Files.deleteIfExists(life);
        }
    }

    /** The mark goes last, and comes back when a process that is dying meanwhile has put something beside it. */
    private static void delete(String owner, Path path) throws IOException {
        Path mark = path.resolve(MARK);
        for (int tries = 1; Files.isDirectory(path); tries++) {
            try (Stream<Path> entries = Files.list(path)) {
                for (Path entry : entries.filter(e -> !e.equals(mark)).toList()) {
                    Trees.delete(entry);
                }
            } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                // what was there is gone, or more has come: tried again
            }
            Files.deleteIfExists(mark);
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException e) {
                Files.writeString(mark, owner);
                if (tries == DELETE_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** All lines below the first are directories; one that a dying process wrote half of is none. */
    private static List<Path> directories(Path life) throws IOException {
        String text = Files.readString(life);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .skip(1)
                .map(Path::of)
                .toList();
    }

    /** Whether {@code path} bears this life's name, or was left before it got one: then it is empty. */
    private static boolean isOf(String owner, Path path) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Path mark = path.resolve(MARK);
        try (Stream<Path> entries = Files.list(path)) {
            Optional<Path> any = entries.findAny();
            return any.isEmpty()
                    || (Files.isRegularFile(mark) && owner.equals(Files.readString(mark)))
                    || (any.get().equals(mark) && Files.size(mark) == 0);
        } catch (IOException e) {
            return false;
        }
    }
}
