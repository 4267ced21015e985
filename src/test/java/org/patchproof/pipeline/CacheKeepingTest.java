package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.build.BaseStore;
import org.patchproof.build.CacheUse;
import org.patchproof.files.UseLock;
import org.patchproof.pipeline.CacheItem.Kind;

/** What is in a cache, and what may go. */
class CacheKeepingTest {
    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    @TempDir
    Path cache;

    private CacheKeeping keeping;

    @BeforeEach
    void fill() throws IOException {
        keeping = new CacheKeeping(cache);
        file("bases/" + OLD + "/topdir/vmlinux", 4000, 90);
        file("bases/" + OLD + "/used", 0, 40);
        file("bases/" + NEW + "/topdir/vmlinux", 4000, 90);
        file("bases/" + NEW + "/used", 0, 1);
        file("packages/" + OLD + "/sealed", 100, 20);
        file("guests/" + OLD + "/disk.ext4", 1000, 35);
        file("guests/" + OLD + ".lock", 0, 35);
        file("sources/" + NEW + "/kernel-1-1.src.rpm", 500, 2);
        file("srpms/vendor.src.rpm", 600, 3);
        file("images/" + NEW + "/cloud.qcow2", 40, 4);
        file("check/blobs/aa/bb", 50, 5);
        file("roots/" + OLD + "/sealed", 7, 10);
        file("tests/" + OLD + "/cloud.qcow2", 8, 9);
        file("tests/" + OLD + "/log", 1, 9);
        file("tests/" + OLD + "/lock", 0, 9);
        file("packages/.part-life-1/files/x", 70, 3);
        file("guests/" + NEW + ".part/disk", 30, 0);
    }

    @Test
    void allIsShownWhatWasUnusedLongestFirst() {
        assertThat(keeping.show())
                .extracting(item -> item.kind() + " " + item.bytes())
                .containsExactly(
                        "TREE 4000",
                        "GUEST 1000",
                        "PACKAGES 100",
                        "ROOT 7",
                        "TEST 9",
                        "CHECK 50",
                        "IMAGE 40",
                        "SRPM 600",
                        "LEFT_OVER 70",
                        "SOURCE 500",
                        "TREE 4000",
                        "LEFT_OVER 30");
        assertThat(keeping.show())
                .extracting(CacheItem::words)
                .contains(
                        "kernel-1-1.src.rpm", "vendor.src.rpm", "cloud.qcow2", "of this project's tests: cloud.qcow2");
        assertThat(new CacheKeeping(cache.resolve("none")).show()).isEmpty();
    }

    @Test
    void whatIsTooOldGoesAndWhatWasLeftHalfMade() {
        CacheKeeping.Pruned pruned = keeping.prune(Optional.empty(), Optional.of(Duration.ofDays(30)), false);
        assertThat(kinds(pruned.removed())).containsExactly(Kind.TREE, Kind.GUEST, Kind.LEFT_OVER);
        assertThat(pruned.left()).isEqualTo(4000 + 100 + 7 + 9 + 50 + 40 + 600 + 500 + 30);
        assertThat(cache.resolve("bases/" + OLD)).doesNotExist();
        assertThat(cache.resolve("bases/" + NEW)).isDirectory();
        assertThat(cache.resolve("packages/.part-life-1")).doesNotExist();
        assertThat(cache.resolve("guests/" + NEW + ".part")).as("made just now").isDirectory();
        assertThat(keeping.show()).hasSize(9);
    }

    @Test
    void forSizeWhatWasUnusedLongestGoesFirst() {
        CacheKeeping.Pruned pruned = keeping.prune(Optional.of(5500L), Optional.empty(), false);
        assertThat(kinds(pruned.removed())).containsExactly(Kind.TREE, Kind.GUEST, Kind.LEFT_OVER);
        assertThat(pruned.left()).isLessThanOrEqualTo(5500);
    }

    @Test
    void aRehearsalRemovesNothing() {
        CacheKeeping.Pruned pruned = keeping.prune(Optional.of(0L), Optional.empty(), true);
        assertThat(pruned.removed()).hasSize(11);
        assertThat(pruned.left()).isEqualTo(30);
        assertThat(keeping.show()).hasSize(12);
    }

    @Test
    void whatIsInUseStays() throws Exception {
        try (UseLock base = UseLock.shared(BaseStore.lock(cache, OLD)).orElseThrow();
                UseLock packages = UseLock.shared(PackageCache.lock(cache, OLD)).orElseThrow();
                UseLock run = CacheUse.begin(cache).orElseThrow()) {
            CacheKeeping.Pruned pruned = keeping.prune(Optional.of(0L), Optional.empty(), false);
            assertThat(kinds(pruned.removed())).containsExactly(Kind.TREE);
            assertThat(pruned.removed().get(0).path()).isEqualTo(cache.resolve("bases/" + NEW));
            assertThat(kinds(pruned.inUse()))
                    .contains(
                            Kind.TREE,
                            Kind.PACKAGES,
                            Kind.GUEST,
                            Kind.SOURCE,
                            Kind.SRPM,
                            Kind.ROOT,
                            Kind.TEST,
                            Kind.CHECK);
            assertThat(List.of(base, packages, run)).doesNotContainNull();
        }
        assertThat(kinds(keeping.prune(Optional.of(0L), Optional.empty(), false).removed()))
                .contains(
                        Kind.TREE, Kind.PACKAGES, Kind.GUEST, Kind.SOURCE, Kind.SRPM, Kind.ROOT, Kind.TEST, Kind.CHECK);
    }

    private static List<Kind> kinds(List<CacheItem> items) {
        return items.stream().map(CacheItem::kind).toList();
    }

    private void file(String path, int size, int daysAgo) throws IOException {
        Path file = cache.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
        FileTime time = FileTime.from(Instant.now().minus(Duration.ofDays(daysAgo)));
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, time, null);
    }
}
