package org.patchproof.pipeline;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What this host has to spare, asked of it.
 *
 * @param processors that may be used
 * @param memoryBytes that programs can still get; empty when it cannot be told
 */
record HostRoom(int processors, OptionalLong memoryBytes) {
    /** QEMU's own threads, the console's reader: a guest takes one processor beside its own. */
    private static final int BESIDE_GUEST = 1;
    /** QEMU's own memory beside that of its guest, with what it translated. */
    private static final long BESIDE_GUEST_BYTES = 512L << 20;
    /** With less than this a build beside a guest only makes both slower. */
    private static final int LEAST_JOBS = 2;
    /** What one compiler of a kernel's build takes, and its linker at the end. */
    private static final long PER_JOB = 1L << 30;

    /** As {@code host} has it now. */
    static HostRoom of(HostView host) {
        return new HostRoom(host.processors(), host.availableMemoryBytes());
    }

    /**
     * How many compilers may run beside a guest without taking anything from it: a trial on a host that is
     * busy with something else is another trial. Empty when there is no room for both.
     *
     * @param asked at most so many
     */
    OptionalInt jobsBeside(int guestProcessors, long guestMemoryBytes, int asked) {
        long byProcessors = (long) processors - guestProcessors - BESIDE_GUEST;
        long byMemory = memoryBytes.isEmpty() ? 0 : (memoryBytes.getAsLong() - guestMemoryBytes) / PER_JOB;
        long room = Math.min(byProcessors, byMemory);
        return room < LEAST_JOBS ? OptionalInt.empty() : OptionalInt.of((int) Math.min(room, asked));
    }

    /**
     * How many guests may run at once without taking anything from each other; at least one.
     *
     * @param asked how many processors may be kept busy; more than there are make no more room
     */
    int guests(int guestProcessors, long guestMemoryBytes, int asked) {
        long byProcessors = (long) Math.min(asked, processors) / (guestProcessors + BESIDE_GUEST);
        long byMemory = memoryBytes.orElse(0) / (guestMemoryBytes + BESIDE_GUEST_BYTES);
        return (int) Math.max(1, Math.min(byProcessors, byMemory));
    }
}
