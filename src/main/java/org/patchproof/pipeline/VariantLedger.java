package org.patchproof.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.patchproof.patch.PatchSeries;
import org.patchproof.pipeline.RunRecord.Build;
import org.patchproof.pipeline.RunRecord.Failure;
import org.patchproof.pipeline.RunRecord.Injection;
import org.patchproof.pipeline.RunRecord.Install;
import org.patchproof.pipeline.RunRecord.PatchRecord;
import org.patchproof.pipeline.RunRecord.Proof;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Verdict;

/** What is known of one variant so far, filled in step by step, by several threads where trials
 * run side by side. */
final class VariantLedger {
    private final VariantSpec spec;
    private final List<PatchRecord> patches;
    private final List<TrialRecord> trials = new ArrayList<>();
    private final BootTries boots = new BootTries();
    private int resumed;
    private int lastNumber;
    private Optional<Injection> injection = Optional.empty();
    private Optional<Proof> proof = Optional.empty();
    private Optional<Build> build = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private Optional<Install> install = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private boolean elsewhere;

    VariantLedger(VariantSpec spec, PatchSeries series) {
        this.spec = spec;
        this.patches = series.patches().stream()
                .map(patch -> new PatchRecord(patch.name(), patch.sha256()))
                .toList();
    }

    VariantSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    synchronized boolean isControl() {
        return spec.role() == VariantRole.CONTROL;
    }

    /**
     * Takes over from an earlier run what was finished there: a build with its proof, its trials, and that its
     * packages do not install or its kernel does not boot. To try again would be to ask until the answer pleases.
     */
    synchronized void resume(VariantRecord earlier) {
        if (!earlier.patches().equals(patches) || earlier.build().isEmpty()) {
            return;
        }
        injection = earlier.injection();
        proof = earlier.proof();
        build = earlier.build();
        trials.addAll(earlier.trials());
        resumed = trials.size();
        failure = earlier.failure().filter(known -> Stages.OF_WHAT_WAS_BUILT.contains(known.stage()));
        install = failure.isPresent() ? earlier.install() : install;
    }

    /**
     * Takes over what a build made elsewhere of the same patches: packages with their proof, or how far
     * it got. Trials of packages from elsewhere are not taken over.
     *
     * @return false when it has neither, or is of other patches; then nothing is changed
     */
    synchronized boolean adopt(VariantRecord built) {
        if (!built.patches().equals(patches)
                || (built.build().isEmpty() && built.failure().isEmpty())) {
            return false;
        }
        buildAgain();
        injection = built.injection();
        proof = built.proof();
        build = built.build();
        failure = built.failure();
        return true;
    }

    /** Another run has this variant's evidence. */
    synchronized void isElsewhere() {
        elsewhere = true;
    }

    /** Whether another run has this variant's evidence. */
    synchronized boolean elsewhere() {
        return elsewhere;
    }

    /** The packages are built again: what was tried with older ones is no evidence for them. */
    synchronized void buildAgain() {
        build = Optional.empty();
        failure = Optional.empty();
        install = Optional.empty();
        trials.clear();
        resumed = 0;
        lastNumber = 0;
    }

    /** The number of the next trial, which none gets again, whether this one comes to its end or not. */
    synchronized int takeNumber() {
        int highest = trials.stream()
                .mapToInt(record -> record.trial().number())
                .max()
                .orElse(0);
        lastNumber = Math.max(lastNumber, highest) + 1;
        return lastNumber;
    }

    /** How many trials of this run, not of a resumed one, were lost by our own fault. */
    synchronized long lost() {
        return trials.stream()
                .skip(resumed)
                .filter(record -> record.trial().outcome() == Trial.Outcome.INFRA)
                .count();
    }

    /** Its starts that failed in doubt. */
    BootTries boots() {
        return boots;
    }

    synchronized void injected(Injection done) {
        injection = Optional.of(done);
    }

    synchronized void proved(Proof done) {
        proof = Optional.of(done);
    }

    synchronized void built(Build done) {
        build = Optional.of(done);
    }

    synchronized void failed(String stage, List<String> lines) {
        failure = Optional.of(new Failure(stage, lines));
    }

    synchronized void installed(Install done) {
        install = Optional.of(done);
    }

    /** Takes a trial that has ended to its place by number: those that run side by side end in any order. */
    synchronized void tried(TrialRecord done) {
        trials.add(done);
        trials.sort(Comparator.comparingInt(record -> record.trial().number()));
    }

    synchronized void judged(Verdict done) {
        verdict = Optional.of(done);
    }

    synchronized void inTrouble(String why) {
        trouble = Optional.of(why);
    }

    synchronized Optional<Proof> proof() {
        return proof;
    }

    synchronized Optional<Build> build() {
        return build;
    }

    synchronized Optional<Injection> injection() {
        return injection;
    }

    synchronized Optional<Failure> failure() {
        return failure;
    }

    /** Whether it did not build because of a line in a file that its own patches touch. */
    synchronized boolean failedInItsOwnFile() {
        return failure.filter(known ->
                        known.stage().equals(Stages.BUILD) && known.lines().size() > 1)
                .map(known -> known.lines().get(1))
                .filter(line -> line.startsWith("(a patch of this variant touches "))
                .isPresent();
    }

    synchronized Optional<String> trouble() {
        return trouble;
    }

    synchronized Optional<Verdict> verdict() {
        return verdict;
    }

    synchronized List<TrialRecord> trialRecords() {
        return List.copyOf(trials);
    }

    synchronized List<Trial> trials() {
        return trials.stream().map(TrialRecord::trial).toList();
    }

    synchronized VariantRecord record() {
        return new VariantRecord(
                spec.name(),
                spec.role(),
                patches,
                injection,
                proof,
                build,
                failure,
                install,
                List.copyOf(trials),
                verdict,
                trouble);
    }
}
