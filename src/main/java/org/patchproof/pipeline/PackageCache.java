package org.patchproof.pipeline;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.files.Belongings;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.files.UseLock;

/**
 * Packages by the digest of all that went into them, with their log, the diff of their spec and their proof:
 * under {@code packages/KEY} of the cache. Each file's digest is compared on the way out; what is not whole
 * is removed, and built again.
 */
final class PackageCache {
    /** The folder of the cache. */
    static final String FOLDER = "packages";

    private static final String ENTRY = "entry.json";
    private static final String SEAL = "sealed";

    private final Path home;

    /** @param cache the cache's directory */
    PackageCache(Path cache) {
        this.home = cache.resolve(FOLDER).toAbsolutePath();
    }

    /**
     * What is kept of a variant, its paths relative to the entry.
     *
     * @param kernel that it was built for first
     * @param variant that it was built for first
     */
    record Entry(
            String kernel,
            String variant,
            RunRecord.Injection injection,
            RunRecord.Proof proof,
            RunRecord.Build build,
            List<Kept> files) {}

    /** One file of an entry. */
    record Kept(String path, String sha256) {}

    /**
     * Puts the packages of this key into {@code bundle}, and tells {@code variant} of them.
     *
     * @param clean whether only packages will do that were built clean
     * @param notes is told when an entry is not whole
     * @return false when there are none
     */
    boolean take(String key, boolean clean, String kernel, VariantLedger variant, Bundle bundle, Consumer<String> notes)
            throws IOException {
        Path place = home.resolve(key);
        if (!Files.isDirectory(place)) {
            return false;
        }
        Optional<UseLock> lock = UseLock.shared(lock(key));
        if (lock.isEmpty()) {
            return false;
        }
        Optional<Entry> entry;
        try (UseLock held = lock.get()) {
            entry = Files.isDirectory(place) ? read(place) : Optional.empty();
            boolean fits = entry.isPresent() && (!clean || isClean(entry.get()));
            if (entry.isPresent() && !fits) {
                return false;
            }
            if (fits && copyOut(entry.get(), place, bundle.variant(kernel, variant.name()))) {
                adopt(entry.get(), key, kernel + "/" + variant.name() + "/", variant);
                Files.setLastModifiedTime(place.resolve(SEAL), FileTime.from(Instant.now()));
                return held != null;
            }
        }
        notes.accept("the packages in " + place + " are not as they were left: they are built again");
        remove(key);
        return false;
    }

    private static boolean isClean(Entry entry) {
        return entry.build()
                .made()
                .filter(made -> made.how() == RunRecord.How.CLEAN)
                .isPresent();
    }

    /** The entry in {@code place}; empty when it is not whole. Its files are not looked at. */
    static Optional<Entry> read(Path place) throws IOException {
        Path file = place.resolve(ENTRY);
        Path seal = place.resolve(SEAL);
        if (!Files.isRegularFile(file)
                || !Files.isRegularFile(seal)
                || !Files.readString(seal).equals(FileDigest.sha256(file))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(file.toFile(), Entry.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whether each file came out as it was put in. */
    private static boolean copyOut(Entry entry, Path place, Path target) throws IOException {
        for (Kept kept : entry.files()) {
            Path from = place.resolve("files").resolve(kept.path());
            Path to = target.resolve(kept.path()).normalize();
            if (!to.startsWith(target) || !Files.isRegularFile(from)) {
                return false;
            }
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            if (!FileDigest.sha256(to).equals(kept.sha256())) {
                Files.delete(to);
                return false;
            }
        }
        return true;
    }

    private static void adopt(Entry entry, String key, String prefix, VariantLedger variant) {
        variant.injected(entry.injection().at(prefix));
        variant.proved(entry.proof());
        RunRecord.Made made = RunRecord.Made.cached(
                key, entry.build().made().orElseGet(() -> RunRecord.Made.clean(Optional.empty())));
        variant.built(entry.build().at(prefix).made(made));
    }

    /** Keeps what was built of {@code variant} under {@code key}. */
    void keep(String key, String kernel, VariantLedger variant, Bundle bundle) throws IOException {
        Optional<UseLock> lock = UseLock.exclusive(lock(key));
        if (lock.isEmpty()) {
            return;
        }
        Path part = Belongings.ours().scratchIn(home);
        try {
            String prefix = kernel + "/" + variant.name() + "/";
            RunRecord.Injection injection = variant.injection().orElseThrow().within(prefix);
            RunRecord.Build build = variant.build().orElseThrow().within(prefix);
            List<String> paths = new ArrayList<>(List.of(injection.specDiff(), build.log()));
            build.packages().forEach(rpm -> paths.add(rpm.file()));
            List<Kept> files = new ArrayList<>();
            for (String path : paths) {
                Path to = part.resolve("files").resolve(path);
                Files.createDirectories(to.getParent());
                Files.copy(bundle.variant(kernel, variant.name()).resolve(path), to);
                files.add(new Kept(path, FileDigest.sha256(to)));
            }
            Entry entry =
                    new Entry(kernel, variant.name(), injection, variant.proof().orElseThrow(), build, files);
            Path file = part.resolve(ENTRY);
            Json.mapper().writeValue(file.toFile(), entry);
            Files.writeString(part.resolve(SEAL), FileDigest.sha256(file));
            Trees.delete(home.resolve(key));
            Belongings.ours().keep(part);
            Files.move(part, home.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Belongings.ours().remove(part);
            lock.get().close();
        }
    }

    private void remove(String key) throws IOException {
        Optional<UseLock> lock = UseLock.exclusive(lock(key));
        if (lock.isPresent()) {
            Trees.delete(home.resolve(key));
            lock.get().close();
        }
    }

    private Path lock(String key) {
        return lock(home.getParent(), key);
    }

    /** The file to lock before the entry of this key is removed. */
    static Path lock(Path cache, String key) {
        return cache.resolve(FOLDER).resolve("locks").resolve(key);
    }

    /** When the entry in {@code place} was last used. */
    static Optional<FileTime> lastUsed(Path place) throws IOException {
        Path seal = place.resolve(SEAL);
        return Files.exists(seal) ? Optional.of(Files.getLastModifiedTime(seal)) : Optional.empty();
    }
}
