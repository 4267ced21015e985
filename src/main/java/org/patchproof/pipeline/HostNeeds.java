package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.process.Programs;

/** What a run needs of this host, asked before the first expensive step. */
final class HostNeeds {
    private static final List<String> PROGRAMS = List.of(
            "rpmbuild", "rpm", "patch", "git", "qemu-system-x86_64", "qemu-img", "mke2fs", "debugfs", "debootstrap");

    private HostNeeds() {}

    /**
     * Checks programs and room.
     *
     * @throws WrongRequestException with all that lacks, and the remedy; nothing was written then
     */
    static void check(Plan plan, VerifyRequest request) {
        List<String> missing =
                PROGRAMS.stream().filter(name -> Programs.find(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw new WrongRequestException(
                    "this host lacks " + String.join(", ", missing), "Run: ./patchproof doctor --install");
        }
        Path runs = request.runsDirectory().toAbsolutePath();
        long needed = plan.cells().stream()
                .map(Cell::kernel)
                .mapToLong(kernel -> kernel.build().diskBytes())
                .max()
                .orElse(0);
        long usable = HostView.here().usableBytes(runs).orElse(Long.MAX_VALUE);
        if (usable < needed) {
            throw new WrongRequestException(
                    runs + " has " + gib(usable) + " free, a build needs " + gib(needed),
                    "Free some space, or put the runs elsewhere with --out DIR.");
        }
    }

    private static String gib(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
