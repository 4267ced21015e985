package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.patchproof.plan.Cell;
import org.patchproof.process.Programs;

/** What a run needs of this host, asked before the first expensive step. */
final class HostNeeds {
    private static final List<String> BUILDING = List.of("rpmbuild", "rpm", "patch", "git");
    private static final List<String> TRYING =
            List.of("qemu-system-x86_64", "qemu-img", "mke2fs", "debugfs", "debootstrap");

    private static final List<String> RELEASING =
            List.of("rpmbuild", "rpm", "rpmsign", "rpmkeys", "gpg", "gpgconf", "createrepo_c", "patch");

    private HostNeeds() {}

    /**
     * Checks what it takes to build: programs and room.
     *
     * @throws WrongRequestException with all that lacks, and the remedy; nothing was written then
     */
    static void forBuilding(List<Cell> cells, VerifyRequest request) {
        require(BUILDING);
        Path runs = request.runsDirectory().toAbsolutePath();
        long needed = cells.stream()
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

    /**
     * Checks the programs that it takes to try kernels.
     *
     * @throws WrongRequestException with all that lacks, and the remedy; nothing was written then
     */
    static void forTrying() {
        require(TRYING);
    }

    /**
     * Checks the programs that a release takes.
     *
     * @throws WrongRequestException with all that lacks, and the remedy; nothing was written then
     */
    static void forReleasing() {
        require(RELEASING);
    }

    private static void require(List<String> programs) {
        List<String> missing =
                programs.stream().filter(name -> Programs.find(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw new WrongRequestException(
                    "this host lacks " + String.join(", ", missing), "Run: ./patchproof doctor --install");
        }
    }

    private static String gib(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
