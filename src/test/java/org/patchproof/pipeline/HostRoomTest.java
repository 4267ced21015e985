package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRoomTest {
    /** A guest of 4 processors and 1 GiB; 0 stands for no room. */
    @ParameterizedTest
    @CsvSource({
        "2, 22, 8, 0",
        "6, 22, 8, 0", // one left beside guest and QEMU: both would be slower
        "7, 22, 8, 2",
        "16, 22, 8, 8", // no more than was asked for
        "16, 22, 64, 11",
        "16, 4, 64, 3", // a GiB for each compiler
        "16, 2, 64, 0",
    })
    void aBuildBesideAGuestGetsWhatTheGuestDoesNotNeed(int processors, long gib, int asked, int jobs) {
        OptionalInt found = new HostRoom(processors, OptionalLong.of(gib << 30)).jobsBeside(4, 1L << 30, asked);
        assertThat(found).isEqualTo(jobs == 0 ? OptionalInt.empty() : OptionalInt.of(jobs));
    }

    @Test
    void ofAHostThatDoesNotTellItsMemoryNothingIsPresumed() {
        assertThat(new HostRoom(64, OptionalLong.empty()).jobsBeside(4, 1L << 30, 8))
                .isEmpty();
    }

    @Test
    void thisHostTells() {
        HostRoom here = HostRoom.of(HostView.here());
        assertThat(here.processors()).isPositive();
        assertThat(here.memoryBytes().orElse(0)).isGreaterThan(1L << 20);
    }

    @Test
    void whoAsksForMoreProcessorsThanThereAreGetsNoMoreGuests() {
        HostRoom room = new HostRoom(6, OptionalLong.of(22L << 30));
        assertThat(room.guests(2, 1L << 30, 64)).isEqualTo(2);
        assertThat(room.guests(2, 1L << 30, 5)).as("less than there is").isEqualTo(1);
    }

    /** Guests of 2 processors and 1 GiB. */
    @ParameterizedTest
    @CsvSource({
        "2, 22, 1", // one there always is
        "5, 22, 1",
        "6, 22, 2",
        "16, 22, 5",
        "64, 6, 4", // a GiB and a half for each
        "64, 0, 1",
    })
    void guestsAtOnceHaveTheirProcessorsAndMemory(int processors, long gib, int guests) {
        assertThat(new HostRoom(processors, OptionalLong.of(gib << 30)).guests(2, 1L << 30, processors))
                .isEqualTo(guests);
    }
}
