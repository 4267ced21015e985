package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.pipeline.RunRecord.Build;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.Failure;
import org.patchproof.pipeline.RunRecord.Injection;
import org.patchproof.pipeline.RunRecord.Package;
import org.patchproof.pipeline.RunRecord.PatchRecord;
import org.patchproof.pipeline.RunRecord.Proof;
import org.patchproof.pipeline.RunRecord.Source;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.Cell;
import org.patchproof.plan.DebianSource;
import org.patchproof.plan.GitSource;
import org.patchproof.plan.KernelSource;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.VariantSpec;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.FakeRunner;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

/** Packages from elsewhere are taken only whole, and only when they are of what is asked for. */
class ShippedBuildTest {
    private static final String KERNEL = "el7-fake";

    @TempDir
    Path dir;

    private Path home;
    private VerifyRequest request;
    private Plan plan;
    private Cell cell;
    private SeriesOfCell series;
    private final FakeRunner runner = new FakeRunner();
    private String source = "aa";
    private Optional<String> madeOf = Optional.empty();
    private String state = ShippedBuild.STATE;
    private String version = Verification.version();
    private String key;

    @BeforeEach
    void aBuildOfControlAndFixed() throws IOException {
        request = VerifyRequest.of(Workspace.at(Path.of("src/test/resources/plan/good")), "demo")
                .withPlan(PlanRequest.of("demo").withKernels(List.of(KERNEL)))
                .withRunsDirectory(dir.resolve("runs"));
        plan = PlanLoader.load(request.workspace(), request.plan());
        cell = plan.cells().get(0);
        series = SeriesOfCell.read(plan.bug(), cell);
        home = ShippedBuild.directory(request.runsDirectory(), "demo", KERNEL);
        key = BuildKey.of(cell, series);
        write(built("control"), built("fixed"));
    }

    @Test
    void packagesComeWithTheirPapers() throws IOException {
        Files.writeString(home.resolve("commands.jsonl"), "{}\n");
        VariantLedger fixed = ledger("fixed");
        try (Bundle bundle = Bundle.create(dir.resolve("runs/1"))) {
            assertThat(find().orElseThrow().take(fixed, bundle)).isTrue();
            assertThat(PackageFiles.damaged(bundle.directory(), fixed.build().orElseThrow()))
                    .isEmpty();
            Path at = bundle.directory().resolve(KERNEL);
            assertThat(at.resolve("fixed/build.log")).hasContent("log of fixed");
            assertThat(at.resolve("fixed/kernel.spec.diff")).exists();
            assertThat(at.resolve("build-run.json")).hasSameTextualContentAs(home.resolve("run.json"));
            assertThat(at.resolve("build-commands.jsonl")).exists();
        }
        assertThat(fixed.proof().orElseThrow().baseDigest()).isEqualTo("base");
        assertThat(find().orElseThrow().source().sha256()).isEqualTo("aa");
    }

    @Test
    void howAVariantFailedIsTakenOverToo() throws IOException {
        VariantRecord fixed = built("fixed");
        write(
                built("control"),
                new VariantRecord(
                        "fixed",
                        fixed.role(),
                        fixed.patches(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Failure(Stages.PATCH, List.of("hunk 1"))),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        VariantLedger ledger = ledger("fixed");
        try (Bundle bundle = Bundle.create(dir.resolve("runs/1"))) {
            assertThat(find().orElseThrow().take(ledger, bundle)).isTrue();
        }
        assertThat(ledger.failure().orElseThrow().lines()).containsExactly("hunk 1");
        assertThat(dir.resolve("runs/1/" + KERNEL + "/fixed/build.log")).exists();
    }

    @Test
    void whichVariantsAreTriedDecidesWhetherItCoversThem() throws IOException {
        write(built("fixed"));
        ShippedBuild build = find().orElseThrow();
        assertThat(build.covers(cell, series, request)).isFalse();
        VerifyRequest alone =
                request.withJudging(Judging.LATER).withPlan(request.plan().withVariants(List.of("fixed")));
        assertThat(build.covers(cell, series, alone)).isTrue();
        assertThat(build.covers(cell, series, alone.withJudging(Judging.HERE))).isFalse();
    }

    @Test
    void aBuildOfSomethingElseIsLeftAloneAndItIsSaidWhy() throws IOException {
        assertThat(ShippedBuild.objection(request, cell, series, runner)).isEmpty();
        state = "running";
        objects("the build there has not ended");
        state = ShippedBuild.STATE;
        version = "0.0.1";
        objects("patchproof 0.0.1 made it");
        version = Verification.version();
        key = "00";
        objects("kernel or patches are others by now");
        key = BuildKey.of(cell, series);
        write(built("control"));
        assertThat(ShippedBuild.objection(request, cell, series, runner)).isEmpty();
    }

    @Test
    void theSourcePackageThatIsHereMustBeTheOneThatWasBuilt() throws IOException {
        Path srpm = Files.writeString(dir.resolve("kernel.src.rpm"), "another");
        VerifyRequest named = request.withPlan(request.plan()
                .withOverrides(java.util.Map.of(
                        KERNEL, new org.patchproof.plan.SrpmOverride(srpm.toString(), Optional.empty()))));
        Cell other = PlanLoader.load(named.workspace(), named.plan()).cells().get(0);
        assertThat(ShippedBuild.objection(named, other, series, runner).orElseThrow())
                .contains("sha256 aa", FileDigest.sha256(srpm));
        source = FileDigest.sha256(srpm);
        write(built("control"), built("fixed"));
        assertThat(ShippedBuild.objection(named, other, series, runner)).isEmpty();
    }

    @Test
    void theCommitThatARefNamesNowMustBeTheOneThatWasBuilt() throws IOException {
        Path repository = Files.createDirectory(dir.resolve("linux"));
        Cell git = of(new GitSource(repository, "next", packaging()));
        key = BuildKey.of(git, series);
        String before = "0123456789".repeat(4);
        String now = "fedcba9876".repeat(4);
        write(built("control"), built("fixed"));
        runner.answer("git -C " + repository + " rev-parse", 0, before);
        assertThat(ShippedBuild.objection(request, git, series, runner).orElseThrow())
                .contains("made of what it does not say, here is commit " + before);
        madeOf = Optional.of("commit " + before);
        write(built("control"), built("fixed"));
        assertThat(ShippedBuild.objection(request, git, series, runner)).isEmpty();
        runner.forget("git").answer("git -C " + repository + " rev-parse", 0, now);
        assertThat(ShippedBuild.objection(request, git, series, runner).orElseThrow())
                .contains("its source package was made of commit " + before + ", here is commit " + now);
        assertThat(ShippedBuild.find(request, git, series, runner)).isEmpty();
        // A host that only tries need not have the repository.
        Files.delete(repository);
        assertThat(ShippedBuild.find(request, git, series, runner)).isPresent();
    }

    @Test
    void theTarballThatADebianPackageInstallsNowMustBeTheOneThatWasBuilt() throws IOException {
        Path tarball = Files.writeString(dir.resolve("linux-source-6.1.tar.xz"), "6.1.1");
        Cell debian = of(new DebianSource("linux-source-6.1", tarball, packaging()));
        key = BuildKey.of(debian, series);
        madeOf = Optional.of("a tarball with sha256 " + FileDigest.sha256(tarball));
        write(built("control"), built("fixed"));
        assertThat(ShippedBuild.objection(request, debian, series, runner)).isEmpty();
        Files.writeString(tarball, "6.1.2");
        assertThat(ShippedBuild.objection(request, debian, series, runner).orElseThrow())
                .contains(madeOf.get(), "here is a tarball with sha256 " + FileDigest.sha256(tarball));
        Files.delete(tarball);
        assertThat(ShippedBuild.objection(request, debian, series, runner)).isEmpty();
    }

    private Path packaging() throws IOException {
        return Files.createDirectory(dir.resolve("packaging"));
    }

    /** The cell with its kernel made of another source. */
    private Cell of(KernelSource source) {
        return new Cell(cell.kernel().withSource(source), cell.variants(), cell.guest());
    }

    @Test
    void aDamagedPackageIsOurTroubleAndNoVerdict() throws IOException {
        Files.writeString(home.resolve(KERNEL + "/fixed/rpms/kernel.rpm"), "flipped");
        refuses("kernel.rpm with the sha256 that was recorded");
        Files.delete(home.resolve(KERNEL + "/fixed/rpms/kernel.rpm"));
        refuses("it lacks " + KERNEL + "/fixed/rpms/kernel.rpm");
    }

    @Test
    void noNameInARecordLeadsOutOfTheBuild() throws IOException {
        Path secret = Files.writeString(dir.resolve("secret"), "secret");
        Path link = home.resolve(KERNEL + "/fixed/rpms/kernel.rpm");
        Files.delete(link);
        Files.createSymbolicLink(link, secret);
        refuses("it lacks " + KERNEL + "/fixed/rpms/kernel.rpm");

        for (String name :
                List.of("../../secret", KERNEL + "/control/rpms/kernel.rpm", secret.toString(), "run.json")) {
            VariantRecord fixed = built("fixed");
            Build build = fixed.build().orElseThrow();
            write(
                    built("control"),
                    new VariantRecord(
                            "fixed",
                            fixed.role(),
                            fixed.patches(),
                            fixed.injection(),
                            fixed.proof(),
                            Optional.of(new Build(
                                    build.nevra(),
                                    build.release(),
                                    build.image(),
                                    build.imageSha256(),
                                    build.buildId(),
                                    List.of(new Package("kernel-1", name, FileDigest.sha256(secret), 6)),
                                    "none",
                                    Duration.ZERO,
                                    Duration.ZERO,
                                    build.log(),
                                    build.made())),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty()));
            refuses("its record names " + name);
        }
        assertThat(dir.resolve("runs/secret")).doesNotExist();
    }

    private void refuses(String why) throws IOException {
        Path at = dir.resolve("runs/" + System.nanoTime());
        try (Bundle bundle = Bundle.create(at)) {
            ShippedBuild build = find().orElseThrow();
            assertThatThrownBy(() -> build.take(ledger("fixed"), bundle))
                    .isInstanceOf(TroubleException.class)
                    .hasMessageContaining(why);
        }
    }

    private void objects(String why) throws IOException {
        write(built("control"), built("fixed"));
        assertThat(ShippedBuild.objection(request, cell, series, runner).orElseThrow())
                .contains(why);
        assertThat(find()).isEmpty();
    }

    private Optional<ShippedBuild> find() throws IOException {
        return ShippedBuild.find(request, cell, series, runner);
    }

    private VariantLedger ledger(String name) {
        VariantSpec spec = spec(name);
        return new VariantLedger(spec, series.of(spec));
    }

    private VariantSpec spec(String name) {
        return cell.variants().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private VariantRecord built(String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve(KERNEL).resolve(name).resolve("rpms"));
        Path rpm = Files.writeString(folder.resolve("kernel.rpm"), "package of " + name);
        Files.writeString(folder.resolveSibling("build.log"), "log of " + name);
        Files.writeString(folder.resolveSibling("kernel.spec.diff"), "+Patch");
        String at = KERNEL + "/" + name;
        List<PatchRecord> patches = new ArrayList<>();
        series.of(spec(name)).patches().forEach(p -> patches.add(new PatchRecord(p.name(), p.sha256())));
        return new VariantRecord(
                name,
                spec(name).role(),
                patches,
                Optional.of(new Injection("EL7", List.of("line 1"), at + "/kernel.spec.diff")),
                Optional.of(new Proof("series", "base", List.of(), List.of(), List.of(), List.of())),
                Optional.of(new Build(
                        "kernel-1",
                        "1",
                        "/boot/vmlinuz-1",
                        "bb",
                        Optional.of("cc"),
                        List.of(new Package("kernel-1", at + "/rpms/kernel.rpm", FileDigest.sha256(rpm), 7)),
                        "none",
                        Duration.ZERO,
                        Duration.ZERO,
                        at + "/build.log",
                        Optional.of(RunRecord.Made.clean(Optional.empty())))),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private void write(VariantRecord... variants) throws IOException {
        RunRecord record = new RunRecord(
                RunRecord.SCHEMA,
                version,
                "build",
                "demo",
                state,
                Instant.EPOCH,
                Instant.EPOCH,
                new RunRecord.Asked(
                        new StoppingRule(Standard.USUAL, 3, 12), "USE", "default", org.patchproof.verdict.Lane.RPM),
                new RunRecord.Host("os", "Linux", 2, "tcg", "why"),
                List.of(new CellRecord(
                        KERNEL,
                        key,
                        Optional.of(new Source(
                                "kernel-1.src", "k.src.rpm", source, "given", madeOf, List.of(), Duration.ZERO)),
                        Optional.empty(),
                        List.of(variants),
                        Optional.empty())));
        try (Bundle bundle = Bundle.open(home)) {
            bundle.write(record);
        }
    }
}
