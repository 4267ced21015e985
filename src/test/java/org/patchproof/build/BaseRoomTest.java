package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which built trees go. The disk of these tests is made of numbers. */
class BaseRoomTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final long GIB = 1L << 30;

    private final List<String> removed = new ArrayList<>();
    private Set<String> inUse = Set.of();
    private long free = 1000 * GIB;

    @Test
    void manySmallTreesStay() throws IOException {
        make(64 * GIB, 0, 0, tree("a", 1, 20), tree("b", 1, 10), tree("c", 1, 5), tree("d", 1, 1));
        assertThat(removed).isEmpty();
    }

    @Test
    void whatWasNotUsedForLongGoes() throws IOException {
        make(64 * GIB, 0, 0, tree("a", 1, 31), tree("b", 1, 30), tree("c", 1, 0));
        assertThat(removed).containsExactly("a");
    }

    @Test
    void overTheLimitWhatWasUnusedLongestGoesAndNoMoreThanThat() throws IOException {
        make(64 * GIB, 20 * GIB, 0, tree("a", 20, 3), tree("b", 20, 2), tree("c", 20, 1));
        assertThat(removed).containsExactly("a");
    }

    @Test
    void onASmallDiskTheirShareIsSmaller() throws IOException {
        free = 10 * GIB;
        make(64 * GIB, 4 * GIB, 0, tree("a", 3, 2), tree("b", 1, 1));
        assertThat(removed)
                .as("4 + 3 + 1 of 18, then 4 + 1 of 18, then 4 of 18")
                .containsExactly("a", "b");
    }

    @Test
    void theOneThatIsAddedStaysHoweverLarge() throws IOException {
        make(GIB, 100 * GIB, 0);
        assertThat(removed).isEmpty();
    }

    @Test
    void whatABuildWantsIsMadeFree() throws IOException {
        free = 50 * GIB;
        make(64 * GIB, 0, 52 * GIB, tree("a", 1, 3), tree("b", 1, 2), tree("c", 1, 1));
        assertThat(removed).containsExactly("a", "b");
    }

    @Test
    void oneThatIsInUseStaysAndTheNextGoes() throws IOException {
        inUse = Set.of("a");
        make(64 * GIB, 20 * GIB, 0, tree("a", 20, 40), tree("b", 20, 2), tree("c", 20, 1));
        assertThat(removed).containsExactly("b");
    }

    private void make(long most, long added, long room, BaseRoom.Tree... trees) throws IOException {
        new BaseRoom(most, () -> free, key -> remove(key, trees)).make(List.of(trees), added, room, NOW);
    }

    private boolean remove(String key, BaseRoom.Tree... trees) {
        if (inUse.contains(key)) {
            return false;
        }
        removed.add(key);
        List.of(trees).stream().filter(tree -> tree.key().equals(key)).forEach(tree -> free += tree.bytes());
        return true;
    }

    private static BaseRoom.Tree tree(String key, int gib, int daysAgo) {
        return new BaseRoom.Tree(key, gib * GIB, NOW.minus(Duration.ofDays(daysAgo)));
    }
}
