package org.patchproof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.pipeline.RunRecord.Asked;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

/**
 * The run that is gone on with, if any. Its trials count beside new ones only where nothing but the patches
 * differs, and they are hours of work: what differs is refused, by name, before anything of it is replaced.
 *
 * @param run what it wrote down
 */
record Resumption(Optional<RunRecord> run) {
    private static final String ANEW = "or begin a new run, without --resume: packages come from the cache.";

    /** What {@code bundle} holds, when {@code request} is to go on with it. */
    static Resumption of(VerifyRequest request, Bundle bundle) throws IOException {
        return new Resumption(request.resume().isPresent() ? Optional.of(bundle.read()) : Optional.empty());
    }

    /** Its kernels, as far as it came to their variants; one that was killed before that has nothing to lose. */
    List<CellRecord> cells() {
        return run.stream()
                .flatMap(record -> record.cells().stream())
                .filter(cell -> !cell.variants().isEmpty())
                .toList();
    }

    /**
     * Refuses to go on with what was asked for otherwise: another bug, lane or profile, another version.
     *
     * @throws WrongRequestException that names the first difference
     */
    void requireAskedAlike(String bug, Asked asked) {
        if (run.isEmpty()) {
            return;
        }
        RunRecord earlier = run.get();
        refuse(
                earlier.state().equals(ShippedBuild.STATE),
                "holds packages that build made, and no trials",
                "Leave out --resume: verify finds them by itself, with --out where they are.");
        refuse(
                !earlier.bug().equals(bug),
                "is of the bug " + earlier.bug() + ", asked for is " + bug,
                "Go on with verify " + earlier.bug() + ", or begin a new run.");
        refuse(
                earlier.asked().lane() != asked.lane(),
                "is of the lane " + earlier.asked().lane().word() + ", asked for is "
                        + asked.lane().word(),
                "Go on with --lane " + earlier.asked().lane().word() + ", or begin a new run.");
        refuse(
                !cells().isEmpty() && !earlier.asked().profile().equals(asked.profile()),
                "is of the profile " + earlier.asked().profile() + ", asked for is " + asked.profile(),
                "Go on with --profile " + earlier.asked().profile() + ", or begin a new run.");
        refuse(
                !cells().isEmpty() && !earlier.patchproof().equals(Verification.version()),
                "was made by patchproof " + earlier.patchproof() + ", this is " + Verification.version(),
                "Go on with the version that began it, " + ANEW);
    }

    /**
     * {@code request} with all the evidence that the earlier run was asked for, where it asks for less: what goes on
     * is not called FIXED sooner than what was begun.
     */
    VerifyRequest asStrict(VerifyRequest request, ProgressListener listener) {
        if (run.isEmpty()) {
            return request;
        }
        StoppingRule then = run.get().asked().stopping();
        StoppingRule now = request.stopping();
        Standard standard = now.standard().stricter(then.standard());
        int least = Math.max(now.least(), then.least());
        int most = Math.max(least, Math.max(now.most(), then.most()));
        StoppingRule both = new StoppingRule(standard, least, most);
        if (!both.equals(now)) {
            listener.note("as run " + run.get().id() + " was asked for: confidence " + standard.confidence()
                    + ", residual " + standard.residual() + ", " + least + " to " + most + " trials of each variant");
        }
        return request.withTrials(least)
                .withMostTrials(most)
                .withConfidence(standard.confidence())
                .withResidual(standard.residual());
    }

    /**
     * Refuses to mix trials of two kinds.
     *
     * @param head of the run that goes on: its host and what it was asked for
     * @param keys of the kernels that it tries, by name
     * @throws WrongRequestException that names every difference
     */
    void requireTriedAlike(RunRecord head, Map<String, String> keys) {
        List<String> differences = new ArrayList<>();
        for (CellRecord cell : cells()) {
            CellRecord now = new CellRecord(
                    cell.kernel(),
                    keys.getOrDefault(cell.kernel(), cell.key()),
                    cell.source(),
                    cell.guest(),
                    cell.variants(),
                    cell.built());
            compare(cell, Conditions.of(head, now), differences);
        }
        refuse(differences);
    }

    /**
     * What it has of the kernel of {@code page}, whose source and guest are known by now.
     *
     * @throws WrongRequestException when they are others than it had
     */
    Optional<CellRecord> of(CellLedger page) {
        Optional<CellRecord> earlier = cells().stream()
                .filter(cell -> cell.kernel().equals(page.kernel()))
                .findFirst();
        List<String> differences = new ArrayList<>();
        earlier.ifPresent(cell -> {
            CellRecord now = new CellRecord(
                    cell.kernel(), page.key(), page.source(), page.guest(), cell.variants(), cell.built());
            compare(cell, Conditions.of(run.orElseThrow(), now), differences);
        });
        refuse(differences);
        return earlier;
    }

    private void compare(CellRecord cell, Conditions now, List<String> differences) {
        RunRecord earlier = run.orElseThrow();
        Conditions.of(earlier, cell).differences(now, "run " + earlier.id(), "this one").stream()
                .map(difference -> cell.kernel() + ": " + difference)
                .forEach(differences::add);
    }

    private void refuse(List<String> differences) {
        refuse(
                !differences.isEmpty(),
                "would be gone on with under other conditions: " + String.join("; ", differences),
                "Go on under the same (--accel sets the acceleration), " + ANEW);
    }

    private void refuse(boolean wrong, String why, String remedy) {
        if (wrong) {
            throw new WrongRequestException("run " + run.orElseThrow().id() + " " + why, remedy);
        }
    }
}
