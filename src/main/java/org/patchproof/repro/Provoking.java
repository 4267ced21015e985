package org.patchproof.repro;

import java.time.Duration;
import java.util.function.Consumer;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.Mark;
import org.patchproof.vm.VirtualMachine;

/** Decides when a running trial has provoked enough, and when its answer is known. */
final class Provoking {
    /**
     * One complaint may be a late release on a slow host, and so may be two at once, of two objects: a kernel
     * that still complains so long after is not late. The rest of a kernel's ten seconds, which are not exact.
     */
    private static final Duration LASTING = Duration.ofSeconds(9);

    private final VirtualMachine vm;
    private final EvidenceCollector evidence;
    private final int enough;
    private final Consumer<String> watcher;
    private boolean told;
    private boolean ended;
    private int seen = -1;

    Provoking(VirtualMachine vm, EvidenceCollector evidence, int enough, Consumer<String> watcher) {
        this.vm = vm;
        this.evidence = evidence;
        this.enough = enough;
        this.watcher = watcher;
    }

    void hear(JobEvent event) {
        ended |= event.name().equals(Mark.END);
        if (!event.name().equals("booted")) {
            watcher.accept(event.name());
        }
    }

    boolean answered() {
        int exposures = evidence.exposures();
        if (exposures != seen) {
            seen = exposures;
            watcher.accept(exposures + (exposures == 1 ? " exposure" : " exposures"));
        }
        if (!told && exposures >= enough) {
            told = vm.say("stop");
        }
        // Said on the console and on the channel, so that all that was said before is in the evidence and
        // was heard. The job itself may not come to an end, where a process of it hangs in the kernel.
        if (ended && evidence.marks().stream().anyMatch(mark -> mark.word().equals(Mark.END))) {
            return true;
        }
        return evidence.symptomsSince(Mark.TEARDOWN_DONE).compareTo(LASTING) >= 0;
    }
}
