package org.patchproof.pipeline;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.patchproof.files.Belongings;
import org.patchproof.files.Trees;
import org.patchproof.files.UseLock;

/**
 * A run's directory. {@code run.json} is replaced by atomic rename, so that it is always whole; what
 * is half done lives in {@code work/}, which no one takes for a result and a resumed run clears.
 */
final class Bundle implements AutoCloseable {
    /** The bundle's record. */
    static final String RECORD = "run.json";
    /** Every external command, one JSON object a line. */
    static final String COMMANDS = "commands.jsonl";

    private static final long RECORD_LIMIT = 256L << 20;

    private final Path directory;
    private final FileChannel lockChannel;
    private final ObjectMapper json = Json.mapper();
    private Optional<UseLock> cacheUse = Optional.empty();

    private Bundle(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /** A new bundle in {@code directory}, which must not exist. */
    static Bundle create(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Files.createDirectory(directory);
        return open(directory);
    }

    /** The bundle in {@code directory}, locked for this process. */
    static Bundle open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new WrongRequestException(
                    directory + ": no such bundle", "Name a directory under runs/ that an earlier verify made.");
        }
        FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new WrongRequestException(
                    directory + " is in use by another patchproof", "Wait until it has ended, or start a new run.");
        }
        Bundle bundle = new Bundle(directory.toAbsolutePath().normalize(), channel);
        Trees.delete(bundle.work());
        Belongings.ours().make(bundle.work());
        return bundle;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path directory() {
        return directory;
    }

    /** Scratch space: trees, overlays. Gone when the run ends; when it is killed, when any other begins. */
    Path work() {
        return directory.resolve("work");
    }

    /** Where a variant's evidence is kept. */
    Path variant(String kernel, String variant) throws IOException {
        return Files.createDirectories(directory.resolve(kernel).resolve(variant));
    }

    /** {@code path} as it stands in run.json. */
    String relative(Path path) {
        return directory.relativize(path.toAbsolutePath().normalize()).toString();
    }

    /** Replaces run.json as a whole: readers see the old one or the new one. */
    synchronized void write(RunRecord record) throws IOException {
        Path part = directory.resolve("." + RECORD + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            json.writeValue(out, record);
        }
        Files.move(
                part, directory.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What an earlier run wrote here. */
    RunRecord read() throws IOException {
        return read(directory);
    }

    /** run.json of the bundle in {@code directory}. */
    static RunRecord read(Path directory) throws IOException {
        Path file = directory.resolve(RECORD);
        if (!Files.isRegularFile(file) || Files.size(file) > RECORD_LIMIT) {
            throw new WrongRequestException(
                    directory + " has no run.json", "Name a directory under runs/ that an earlier verify made.");
        }
        try {
            RunRecord record = Json.mapper().readValue(file.toFile(), RunRecord.class);
            if (record.schema() != RunRecord.SCHEMA) {
                throw new WrongRequestException(
                        file + " has format " + record.schema() + ", this version reads " + RunRecord.SCHEMA,
                        "Use the version that wrote it (" + record.patchproof() + "), or start a new run.");
            }
            return record;
        } catch (JacksonException e) {
            throw new WrongRequestException(
                    file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": not a run.json of ours: " + e.getOriginalMessage(),
                    "Start a new run; the damaged one is left as it is.",
                    e);
        }
    }

    /**
     * Lets nobody prune {@code cache} until this bundle is closed.
     *
     * @throws TroubleException while somebody does
     */
    void useCache(Path cache) throws IOException {
        cacheUse = Optional.of(CacheInUse.begin(cache));
    }

    @Override
    public void close() throws IOException {
        if (cacheUse.isPresent()) {
            cacheUse.get().close();
        }
        Trees.delete(work());
        lockChannel.close();
    }
}
