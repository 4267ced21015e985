package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.pipeline.RunRecord.Build;
import org.patchproof.pipeline.RunRecord.Injection;
import org.patchproof.pipeline.RunRecord.Package;
import org.patchproof.pipeline.RunRecord.Proof;
import org.patchproof.pipeline.RunRecord.Source;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;
import org.patchproof.repro.BootProof;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Custody;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

/** The bundle is the truth: whole at any moment, resumed only where it still holds, each link looked at. */
class BundleTest {
    private static final Path PATCHES = Path.of("src/test/resources/fakekernel/patches");

    @TempDir
    Path dir;

    @Test
    void whatIsWrittenIsReadBackTheSame() throws Exception {
        try (Bundle bundle = Bundle.create(dir.resolve("run"))) {
            Ledger ledger = ledger(bundle);
            VariantLedger variant = whole(bundle, ledger, "control");
            ledger.save();
            RunRecord read = bundle.read();
            assertThat(read.state()).isEqualTo("running");
            assertThat(read.cells().get(0).variants().get(0)).isEqualTo(variant.record());
            assertThat(dir.resolve("run/.run.json.part")).doesNotExist();
            ledger.close();
            assertThat(bundle.read().state()).isEqualTo("finished");
        }
    }

    @Test
    void twoProcessesDoNotShareABundle() throws Exception {
        try (Bundle bundle = Bundle.create(dir.resolve("run"))) {
            assertThatThrownBy(() -> Bundle.open(bundle.directory()))
                    .isInstanceOf(WrongRequestException.class)
                    .hasMessageContaining("in use by another patchproof");
        }
        Bundle.open(dir.resolve("run")).close();
    }

    @Test
    void whatIsNoBundleIsSaid() throws Exception {
        assertThatThrownBy(() -> Bundle.open(dir.resolve("nowhere"))).hasMessageContaining("no such bundle");
        assertThatThrownBy(() -> Bundle.read(dir)).hasMessageContaining("has no run.json");
        Files.writeString(dir.resolve("run.json"), "{\n  \"schema\": [\n");
        assertThatThrownBy(() -> Bundle.read(dir)).hasMessageContaining("run.json:");
        Files.writeString(dir.resolve("run.json"), "{\"surprise\": 1}");
        assertThatThrownBy(() -> Bundle.read(dir)).hasMessageContaining("not a run.json of ours");
    }

    @Test
    void scratchIsGoneAfterARunAndBeforeAResumedOne() throws Exception {
        try (Bundle bundle = Bundle.create(dir.resolve("run"))) {
            Files.createDirectories(bundle.work().resolve("a/b"));
        }
        assertThat(dir.resolve("run/work")).doesNotExist();
        Files.createDirectories(dir.resolve("run/work/left/by/a/killed/run"));
        Bundle.open(dir.resolve("run")).close();
        assertThat(dir.resolve("run/work")).doesNotExist();
    }

    @Test
    void aWholeChainHasNothingMissing() throws Exception {
        try (Bundle bundle = Bundle.create(dir.resolve("run"))) {
            Ledger ledger = ledger(bundle);
            VariantLedger control = whole(bundle, ledger, "control");
            assertThat(CustodyCheck.of(bundle, ledger.cell("k", "key", "built"), control, control, Lane.RPM))
                    .isEqualTo(Custody.complete());
        }
    }

    @Test
    void eachMissingLinkIsNamed() throws Exception {
        try (Bundle bundle = Bundle.create(dir.resolve("run"))) {
            Ledger ledger = ledger(bundle);
            VariantLedger control = whole(bundle, ledger, "control");
            VariantLedger nothing = new VariantLedger(spec("fixed", VariantRole.CANDIDATE), series());
            assertThat(missing(bundle, ledger, control, nothing))
                    .containsExactly(
                            "the diff of the spec",
                            "the proof that the prepared tree carries the patches",
                            "the packages");

            VariantLedger other = whole(bundle, ledger, "other");
            other.proved(proof("another-base"));
            assertThat(missing(bundle, ledger, control, other))
                    .containsExactly("that control and candidate were patched onto the same source");

            VariantLedger unproved = whole(bundle, ledger, "unproved");
            unproved.tried(trial(2, Optional.empty()));
            assertThat(missing(bundle, ledger, control, unproved))
                    .containsExactly("the proof of what booted in trial 2");

            VariantLedger tampered = whole(bundle, ledger, "tampered");
            Files.writeString(bundle.directory().resolve("k/tampered/kernel.rpm"), "another package");
            assertThat(missing(bundle, ledger, control, tampered))
                    .containsExactly("k/tampered/kernel.rpm with the sha256 that was recorded");
            Files.delete(bundle.directory().resolve("k/tampered/kernel.rpm"));
            assertThat(missing(bundle, ledger, control, tampered))
                    .containsExactly("k/tampered/kernel.rpm (it is gone)");
        }
    }

    @Test
    void aResumedVariantKeepsItsBuildAndWhatCountedAndOnlyOfTheSamePatches() throws Exception {
        try (Bundle bundle = Bundle.create(dir.resolve("run"))) {
            Ledger ledger = ledger(bundle);
            VariantLedger earlier = whole(bundle, ledger, "control");
            Trial lost = Trial.infra(2, "lost", Duration.ZERO, "c");
            earlier.tried(
                    new TrialRecord(lost, Optional.empty(), Optional.empty(), new TreeMap<>(), "qemu", Instant.EPOCH));

            VariantLedger resumed = new VariantLedger(spec("control", VariantRole.CONTROL), series());
            resumed.resume(earlier.record());
            assertThat(resumed.build()).isPresent();
            assertThat(resumed.trials()).extracting(Trial::number).containsExactly(1, 2);
            assertThat(resumed.takeNumber()).isEqualTo(3);
            assertThat(resumed.lost()).as("lost in this run").isZero();
            resumed.buildAgain();
            assertThat(resumed.trials()).isEmpty();

            PatchSeries others = new PatchSeries("s", List.of(PatchReader.read(PATCHES.resolve("0002-fix.patch"))));
            VariantLedger changed = new VariantLedger(spec("control", VariantRole.CONTROL), others);
            changed.resume(earlier.record());
            assertThat(changed.build()).isEmpty();
            assertThat(changed.trials()).isEmpty();
        }
    }

    private List<String> missing(Bundle bundle, Ledger ledger, VariantLedger control, VariantLedger variant)
            throws Exception {
        return CustodyCheck.of(bundle, ledger.cell("k", "key", "built"), control, variant, Lane.RPM)
                .missing();
    }

    private static Ledger ledger(Bundle bundle) {
        RunRecord head = new RunRecord(
                RunRecord.SCHEMA,
                "test",
                "id",
                "bug",
                "running",
                Instant.EPOCH,
                Instant.EPOCH,
                new RunRecord.Asked(new StoppingRule(Standard.USUAL, 3, 12), "USE", "default", Lane.RPM),
                new RunRecord.Host("os", "Linux", 2, "tcg", "why"),
                List.of());
        Ledger ledger = new Ledger(bundle, head);
        Source source =
                new Source("kernel-1-1.src", "k.src.rpm", "aa", "given", Optional.empty(), List.of(), Duration.ZERO);
        ledger.cell("k", "key", "built").source(source);
        return ledger;
    }

    private static VariantLedger whole(Bundle bundle, Ledger ledger, String name) throws Exception {
        VariantLedger variant = new VariantLedger(spec(name, VariantRole.CONTROL), series());
        ledger.cell("k", "key", "built").add(variant);
        Path rpm = Files.writeString(bundle.variant("k", name).resolve("kernel.rpm"), "package");
        variant.injected(new Injection("EL7", List.of("line 1"), "k/spec.diff"));
        variant.proved(proof("base"));
        variant.built(new Build(
                "kernel-1-1.x86_64",
                "1-1.x86_64",
                "/boot/vmlinuz-1",
                "bb",
                Optional.of("cc"),
                List.of(new Package("kernel-1-1.x86_64", bundle.relative(rpm), FileDigest.sha256(rpm), 7)),
                "none",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                "k/build.log",
                Optional.of(RunRecord.Made.incremental("control", "aa"))));
        BootProof booted = new BootProof("1-1.x86_64", "kernel-1-1.x86_64", "bb", Optional.of("cc"), 4, List.of());
        variant.tried(trial(1, Optional.of(booted)));
        return variant;
    }

    private static TrialRecord trial(int number, Optional<BootProof> proof) {
        Trial trial = new Trial(
                number,
                Trial.Outcome.CLEAN,
                3,
                0,
                false,
                List.of(),
                "clean",
                Duration.ofSeconds(9),
                Optional.of(Duration.ofSeconds(3)),
                "console-1.log",
                Optional.empty(),
                List.of());
        return new TrialRecord(trial, proof, Optional.empty(), new TreeMap<>(), "qemu", Instant.EPOCH);
    }

    private static Proof proof(String base) {
        return new Proof("series", base, List.of("a"), List.of("h"), List.of(), List.of("patch"));
    }

    private static VariantSpec spec(String name, VariantRole role) {
        return new VariantSpec(name, name, role, List.of(Path.of("p.patch")));
    }

    private static PatchSeries series() throws Exception {
        return new PatchSeries("s", List.of(PatchReader.read(PATCHES.resolve("0001-instrumentation.patch"))));
    }
}
