package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.build.BaseStore;
import org.patchproof.build.CacheUse;
import org.patchproof.files.Trees;
import org.patchproof.files.UseLock;
import org.patchproof.pipeline.CacheItem.Kind;

/** What is in the cache, and what of it may go. */
public final class CacheKeeping {
    /** What is half made for a day is made by nobody any more. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path cache;

    /** @param cache its directory; need not be there */
    public CacheKeeping(Path cache) {
        this.cache = cache.toAbsolutePath();
    }

    /**
     * What pruning did, or would do.
     *
     * @param removed went, or would go
     * @param inUse should have gone, and is in use
     * @param left bytes that stay
     */
    public record Pruned(List<CacheItem> removed, List<CacheItem> inUse, long left) {
        public Pruned {
            removed = List.copyOf(removed);
            inUse = List.copyOf(inUse);
        }
    }

    /** All that is there, what was unused longest first. */
    public List<CacheItem> show() {
        try {
            return CacheContents.of(cache);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /**
     * Removes what was not used for {@code age}, then what was unused longest until {@code size} bytes are
     * left. What is in use stays.
     *
     * @param rehearsal removes nothing
     */
    public Pruned prune(Optional<Long> size, Optional<Duration> age, boolean rehearsal) {
        Objects.requireNonNull(size);
        List<CacheItem> removed = new ArrayList<>();
        List<CacheItem> inUse = new ArrayList<>();
        List<CacheItem> items = show();
        long left = items.stream().mapToLong(CacheItem::bytes).sum();
        Instant now = Instant.now();
        for (CacheItem item : items) {
            Duration unused = Duration.between(item.lastUsed(), now);
            boolean old = age.filter(limit -> unused.compareTo(limit) > 0).isPresent();
            boolean abandoned = item.kind() == Kind.LEFT_OVER && unused.compareTo(ABANDONED) > 0;
            boolean tooMuch = size.isPresent() && left > size.get();
            if (item.kind() == Kind.LEFT_OVER ? !abandoned : !old && !tooMuch) {
                continue;
            }
            if (remove(item, rehearsal)) {
                removed.add(item);
                left -= item.bytes();
            } else {
                inUse.add(item);
            }
        }
        return new Pruned(removed, inUse, left);
    }

    /** False when it is in use. */
    private boolean remove(CacheItem item, boolean rehearsal) {
        try {
            Optional<UseLock> lock = UseLock.exclusive(lock(item));
            if (lock.isEmpty()) {
                return false;
            }
            try {
                if (!rehearsal) {
                    delete(item.path());
                }
                return true;
            } finally {
                lock.get().close();
            }
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** By rename first: half of a tree has no name that anybody looks for. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Path part = path.resolveSibling(".part-removed-" + path.getFileName());
            Trees.delete(part);
            Files.move(path, part);
            Trees.delete(part);
        } else {
            Files.deleteIfExists(path);
        }
    }

    private Path lock(CacheItem item) {
        String key = item.path().getFileName().toString();
        return switch (item.kind()) {
            case TREE -> BaseStore.lock(cache, key);
            case PACKAGES -> PackageCache.lock(cache, key);
            default -> CacheUse.file(cache);
        };
    }

    private TroubleException trouble(IOException e) {
        return new TroubleException(
                "the cache in " + cache + " cannot be pruned: " + e.getMessage(),
                "See who owns its files; it can be removed as a whole, and is made again.",
                new UncheckedIOException(e));
    }
}
