package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.pipeline.RunRecord.Asked;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.Guest;
import org.patchproof.pipeline.RunRecord.Source;
import org.patchproof.plan.Workspace;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

/** What an earlier run had is kept until something is put in its place, and refused where it is not comparable. */
class ResumptionTest {
    @TempDir
    Path dir;

    private RunRecord run;

    @BeforeEach
    void run() throws Exception {
        SampleBundles.fixedAndBroken(dir);
        run = Bundle.read(dir.resolve("one"));
    }

    @Test
    void aPageIsTheEarlierOneUntilItHasVariants() throws Exception {
        try (Bundle bundle = Bundle.open(dir.resolve("one"))) {
            Ledger ledger = new Ledger(bundle, run);
            CellLedger page = ledger.cell("linux-6.1", cell().key(), "built");
            page.source(new Source("other-1-1", "o", "ff", "given", Optional.empty(), List.of(), Duration.ZERO));
            ledger.save();
            assertThat(bundle.read().cells()).isEqualTo(run.cells());
            ledger.cell("another", "key", "built");
            ledger.save();
            assertThat(bundle.read().cells()).extracting(CellRecord::kernel).containsExactly("linux-6.1", "another");
        }
    }

    @Test
    void anotherSourceOrGuestIsRefusedByName() throws Exception {
        Resumption resumption = new Resumption(Optional.of(run));
        CellLedger page = new CellLedger("linux-6.1", cell().key(), "built", Optional.empty());
        page.source(cell().source().orElseThrow());
        page.guest(cell().guest().orElseThrow());
        assertThat(resumption.of(page)).contains(cell());
        assertThat(resumption.of(new CellLedger("another", "key", "built", Optional.empty())))
                .isEmpty();

        page.source(new Source("other-1-1", "o", "ff", "given", Optional.empty(), List.of(), Duration.ZERO));
        Guest guest = cell().guest().orElseThrow();
        page.guest(new Guest(
                guest.name(), guest.digest(), "ee", guest.cpus(), guest.memoryBytes(), guest.kernelArguments()));
        assertThatThrownBy(() -> resumption.of(page))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContainingAll("source package: ", "ff in this one", "guest disk: ", "ee in this one");
    }

    @Test
    void nothingIsRefusedWhereNothingWasBegun() {
        CellRecord bare =
                new CellRecord("linux-6.1", "another", Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        CellLedger page = new CellLedger("linux-6.1", "key", "built", Optional.empty());
        assertThat(new Resumption(Optional.of(record(Verification.version(), run.asked(), run.host(), List.of(bare))))
                        .of(page))
                .isEmpty();
        assertThat(new Resumption(Optional.empty()).of(page)).isEmpty();
    }

    @Test
    void whatWasAskedForOtherwiseIsRefused() {
        Resumption resumption =
                new Resumption(Optional.of(record(Verification.version(), run.asked(), run.host(), run.cells())));
        Asked asked = run.asked();
        resumption.requireAskedAlike("netdev-leak", asked);
        assertThatThrownBy(() -> resumption.requireAskedAlike("other", asked))
                .isInstanceOf(WrongRequestException.class)
                .hasMessage("run one is of the bug netdev-leak, asked for is other");
        assertThatThrownBy(() -> resumption.requireAskedAlike("netdev-leak", asked(asked.profile(), Lane.QUICK)))
                .hasMessage("run one is of the lane rpm, asked for is quick");
        assertThatThrownBy(() -> resumption.requireAskedAlike("netdev-leak", asked("slow", Lane.RPM)))
                .hasMessage("run one is of the profile default, asked for is slow");
        assertThatThrownBy(() -> new Resumption(Optional.of(record("0.0.1", asked, run.host(), run.cells())))
                        .requireAskedAlike("netdev-leak", asked))
                .hasMessage("run one was made by patchproof 0.0.1, this is " + Verification.version());
        new Resumption(Optional.of(record("0.0.1", asked, run.host(), List.of())))
                .requireAskedAlike("netdev-leak", asked);
    }

    @Test
    void theStricterOfBothStandardsCounts() {
        Heard heard = new Heard();
        VerifyRequest request = VerifyRequest.of(Workspace.at(Path.of(".")), "netdev-leak");
        assertThat(new Resumption(Optional.empty()).asStrict(request, heard)).isEqualTo(request);
        assertThat(heard.notes()).isEmpty();

        StoppingRule strict = new StoppingRule(new Standard(0.99, 0.05), 5, 30);
        RunRecord begun = record("1", new Asked(strict, "USE", "default", Lane.RPM), run.host(), run.cells());
        Resumption resumption = new Resumption(Optional.of(begun));
        assertThat(resumption.asStrict(request, heard).stopping()).isEqualTo(strict);
        assertThat(heard.notes())
                .containsExactly("as run one was asked for: confidence 0.99, residual 0.05,"
                        + " 5 to 30 trials of each variant");
        assertThat(resumption
                        .asStrict(request.withTrials(6).withMostTrials(40).withResidual(0.01), heard)
                        .stopping())
                .isEqualTo(new StoppingRule(new Standard(0.99, 0.01), 6, 40));
    }

    @Test
    void anotherHostOrOtherPatchesAreRefusedAllAtOnce() {
        Resumption resumption = new Resumption(Optional.of(run));
        resumption.requireTriedAlike(run, Map.of("linux-6.1", cell().key()));
        resumption.requireTriedAlike(host(4, "kvm"), Map.of());
        assertThatThrownBy(() -> resumption.requireTriedAlike(host(1, "tcg"), Map.of("linux-6.1", "another")))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContainingAll(
                        "acceleration: kvm in run one, tcg in this one",
                        "processors at once: 4 in run one, 1 in this one",
                        "kernel spec, patches or the bug's files: ");
    }

    private RunRecord host(int processors, String acceleration) {
        return record(
                run.patchproof(),
                run.asked(),
                new RunRecord.Host("Debian 12", "Linux 6.1", processors, acceleration, "as asked for"),
                List.of());
    }

    private static Asked asked(String profile, Lane lane) {
        return new Asked(new StoppingRule(Standard.USUAL, 3, 12), "USE", profile, lane);
    }

    private RunRecord record(String version, Asked asked, RunRecord.Host host, List<CellRecord> cells) {
        return new RunRecord(
                run.schema(), version, "one", run.bug(), "running", run.started(), run.updated(), asked, host, cells);
    }

    private CellRecord cell() {
        return run.cells().get(0);
    }
}
