package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanLoaderTest {
    private static final String SHA256 = "AB".repeat(32);

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void makeWorkspace() throws IOException {
        bench = Workbench.in(folder);
    }

    @Test
    void aProfileIsTheReproductionWithSomeOtherValues() {
        Reproduction usual = load(PlanRequest.of("demo")).bug().reproduction();
        assertThat(load(PlanRequest.of("demo").withProfile("default")).bug().reproduction())
                .isEqualTo(usual);
        assertThat(load(PlanRequest.of("demo").withProfile("slow")).bug().reproduction())
                .isEqualTo(new Reproduction(
                        "slow",
                        bench.path("specs/bugs/demo/begin.sh"),
                        bench.path("specs/bugs/demo/end.sh"),
                        2,
                        1L << 30,
                        List.of("random.trust_cpu=on"),
                        Map.of("FLOWS", "4"),
                        3,
                        usual.limits()));
    }

    @Test
    void readsABugWhole() {
        BugSpec bug = load(PlanRequest.of("demo")).bug();
        assertThat(bug.name()).isEqualTo("demo");
        assertThat(bug.title()).isEqualTo("A bug for show");
        assertThat(bug.references()).containsExactly(URI.create("https://example.org/demo"));
        assertThat(bug.fixedBy()).as("text, not a number of YAML's").contains("12345e67890");
        assertThat(bug.reproduction())
                .isEqualTo(new Reproduction(
                        "default",
                        bench.path("specs/bugs/demo/begin.sh"),
                        bench.path("specs/bugs/demo/end.sh"),
                        4,
                        1L << 30,
                        List.of("random.trust_cpu=on"),
                        Map.of("FLOWS", "2", "MTUS", "1400 1300", "EMPTY", ""),
                        3,
                        new ReproductionLimits(
                                Duration.ofSeconds(120), Duration.ofMinutes(1), Duration.ofSeconds(25))));
        assertThat(bug.reproduction().environment().keySet()).containsExactly("FLOWS", "MTUS", "EMPTY");
        assertThat(bug.evidence())
                .isEqualTo(new EvidenceSpec(
                        "waiting for (?<device>\\S+) to become free",
                        new ExposureSpec(
                                Optional.of("pid: (?<who>\\d+), found (?<object>\\S+)"),
                                "deleted (?<object>\\S+)",
                                "pid: (?<who>\\d+), reuse (?<object>\\S+)")));
        assertThat(bug.traces()).containsExactly("ref_leak_test");
        assertThat(bug.variants().get("fake-1.0"))
                .extracting(variant -> variant.name() + " " + variant.ships())
                .containsExactly(
                        "control []",
                        "fixed [" + bench.path("patches/demo/fake-1.0/0002-fix.patch") + "]",
                        "reworked []");
        assertThat(bug.profiles().keySet()).containsExactly("slow");
        assertThat(bug.variants().keySet()).containsExactly("fake-1.0", "el7-fake");
    }

    @Test
    void readsAKernelFromADebianPackage() {
        assertThat(cell("fake-1.0").kernel())
                .isEqualTo(new KernelSpec(
                        "fake-1.0",
                        "A kernel that is none",
                        "x86_64",
                        new DebianSource(
                                "linux-source-1.0",
                                Path.of("/usr/src/linux-source-1.0.tar.xz"),
                                bench.path("specs/kernels/fake-1.0")),
                        new BuildSpec(
                                BuildRoot.HOST,
                                "kernel",
                                BuildDependencies.NOT_CHECKED,
                                Map.of("fake_macro", "a b"),
                                List.of("baseonly"),
                                List.of("debug", "doc"),
                                Duration.ofMinutes(90),
                                8L << 30),
                        "fake-guest"));
        assertThat(cell("fake-1.0").guest())
                .isEqualTo(new DebootstrapGuest(
                        "fake-guest",
                        "A guest that is none",
                        "bookworm",
                        List.of("main", "non-free"),
                        List.of("dnf", "rpm"),
                        2L << 30));
    }

    @Test
    void readsTheKeyThatSignsASourceRpm() throws IOException {
        Files.writeString(bench.path("specs/kernels/vendor.asc"), "a key");
        Path yaml = bench.path("specs/kernels/el7-fake.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("sha256: null", "key: vendor.asc"));
        SrpmSource source = cell("el7-fake").kernel().source().match(debian -> null, srpm -> srpm);
        assertThat(source.key()).contains(bench.path("specs/kernels/vendor.asc"));
    }

    @Test
    void readsAKernelFromARepositoryAndARef() throws IOException {
        Path yaml = bench.path("specs/kernels/fake-1.0.yaml");
        String debian = Files.readString(yaml);
        String git = debian.replace("kind: debian", "kind: git\n  repository: repos/linux\n  ref: v6.1-rc3")
                .replaceAll("  (package: linux-source|tarball:).*\n", "");
        Files.writeString(yaml, git);
        KernelSpec kernel = cell("fake-1.0").kernel();
        assertThat(kernel.source())
                .isEqualTo(new GitSource(bench.path("repos/linux"), "v6.1-rc3", bench.path("specs/kernels/fake-1.0")));
        String digest = kernel.digest();
        Files.writeString(yaml, git.replace("rc3", "rc4"));
        assertThat(cell("fake-1.0").kernel().digest()).isNotEqualTo(digest);
    }

    @Test
    void readsAKernelFromASourceRpm() {
        KernelSpec kernel = cell("el7-fake").kernel();
        SrpmSource source =
                new SrpmSource("kernel-1.0-1.el7.src.rpm", Optional.of("kernel-1.0-1.el7"), Optional.empty());
        assertThat(kernel.source()).isEqualTo(source);
        assertThat(source.locationIn(bench.workspace()))
                .isEqualTo(new SrpmLocation.LocalFile(bench.path("srpms/kernel-1.0-1.el7.src.rpm")));
        assertThat(kernel.build())
                .isEqualTo(new BuildSpec(
                        new BuildRoot.Mock("centos+epel-7-x86_64"),
                        "kernel",
                        BuildDependencies.REQUIRED,
                        Map.of(),
                        List.of(),
                        List.of(),
                        Duration.ofHours(4),
                        40L << 30));
        assertThat(cell("el7-fake").guest())
                .isEqualTo(new ImageGuest(
                        "fake-image",
                        "An image that is none",
                        bench.path("images/fake.qcow2"),
                        Optional.empty(),
                        "ab".repeat(32)));
    }

    @Test
    void anImageMayLieAnywhereAndBeFetchedFromAnAddress() {
        bench.edit(
                "specs/guests/fake-image.yaml", "file: fake.qcow2", "file: /lab/a.raw, url: 'https://example.org/a'");
        assertThat(cell("el7-fake").guest())
                .isEqualTo(new ImageGuest(
                        "fake-image",
                        "An image that is none",
                        Path.of("/lab/a.raw"),
                        Optional.of(URI.create("https://example.org/a")),
                        "ab".repeat(32)));
        bench.edit("specs/guests/fake-image.yaml", "/lab/a.raw", "~/a.raw");
        assertThat(((ImageGuest) cell("el7-fake").guest()).file())
                .isEqualTo(Path.of(System.getProperty("user.home"), "a.raw"));
    }

    @Test
    void theControlIsFirstAndTheRestInTheOrderOfTheFile() {
        assertThat(cells(PlanRequest.of("demo")))
                .containsExactly("fake-1.0: control, fixed, reworked", "el7-fake: control, fixed");
        VariantSpec fixed = cell("fake-1.0").candidates().get(0);
        assertThat(fixed.title()).isEqualTo("The fix");
        assertThat(fixed.patches())
                .containsExactly(
                        bench.path("patches/demo/fake-1.0/0001-instrumentation.patch"),
                        bench.path("patches/demo/fake-1.0/0002-fix.patch"));
        assertThat(cell("fake-1.0").control().title())
                .as("without a title, the name")
                .isEqualTo("control");
    }

    @Test
    void aCandidateBringsItsControlAlong() {
        assertThat(cells(PlanRequest.of("demo").withVariants(List.of("fixed"))))
                .containsExactly("fake-1.0: control, fixed", "el7-fake: control, fixed");
    }

    @Test
    void theControlMayBeTriedAlone() {
        assertThat(cells(PlanRequest.of("demo").withVariants(List.of("control"))))
                .containsExactly("fake-1.0: control", "el7-fake: control");
    }

    @Test
    void aKernelWithoutTheVariantIsLeftOut() {
        assertThat(cells(PlanRequest.of("demo").withVariants(List.of("reworked"))))
                .containsExactly("fake-1.0: control, reworked");
    }

    @Test
    void theOrderOfTheRequestDoesNotMatter() {
        PlanRequest request = PlanRequest.of("demo")
                .withKernels(List.of("el7-fake", "fake-1.0", "el7-fake"))
                .withVariants(List.of("reworked", "fixed", "control"));
        assertThat(cells(request)).containsExactly("fake-1.0: control, fixed, reworked", "el7-fake: control, fixed");
    }

    @Test
    void filesOfKernelsThatAreNotTriedAreNotNeeded() {
        bench.write("specs/kernels/el7-fake.yaml", "broken: [");
        bench.write("specs/guests/fake-image.yaml", "broken: [");
        assertThat(cells(PlanRequest.of("demo").withKernels(List.of("fake-1.0"))))
                .hasSize(1);
        assertThat(bench.outcome()).contains("el7-fake.yaml");
    }

    @Test
    void variantsAloneNeedNothingElse() {
        Map<String, List<VariantSpec>> whole =
                load(PlanRequest.of("demo")).bug().variants();
        bench.write("specs/kernels/el7-fake.yaml", "broken: [");
        bench.write("specs/guests/fake-image.yaml", "broken: [");
        bench.edit("specs/bugs/demo/bug.yaml", "title: A bug for show", "title: []");
        assertThat(PlanLoader.variants(bench.workspace(), "demo"))
                .isEqualTo(whole)
                .hasSize(2);
    }

    @Test
    void whatIsLookedForInLogsNeedsNothingElse() {
        bench.write("specs/bugs/other/bug.yaml", "bug: other\ntitle: Not looked for\nkernels: {}\n");
        bench.edit("specs/bugs/demo/bug.yaml", "0002-fix.patch", "not-here.patch");
        bench.edit("specs/bugs/demo/bug.yaml", "kernels:\n", """
                triage:
                  symptom: 'stuck (?<subject>\\S+)'
                  repeats: 10s
                  lasting: 5m
                  verify: {fake-1.0: '^1'}
                kernels:
                """);
        assertThat(PlanLoader.knownBugs(bench.workspace())).singleElement().satisfies(bug -> {
            assertThat(bug.name()).isEqualTo("demo");
            assertThat(bug.title()).isEqualTo("A bug for show");
            assertThat(bug.triage().verify()).containsOnlyKeys("fake-1.0");
        });
    }

    @Test
    void whatIsLookedForInLogsIsCheckedItself() {
        bench.edit("specs/bugs/demo/bug.yaml", "kernels:\n", """
                triage:
                  symptom: 'stuck ('
                  repeats: 10s
                  lasting: 5m
                  verify: {el9: '^1'}
                kernels:
                """);
        assertThatThrownBy(() -> PlanLoader.knownBugs(bench.workspace()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("symptom: is no regular expression")
                .hasMessageContaining("no variants for a kernel \"el9\"");
    }

    @Test
    void variantsAloneAreCheckedThemselves() {
        bench.edit("specs/bugs/demo/bug.yaml", "0002-fix.patch", "not-here.patch");
        assertThatThrownBy(() -> PlanLoader.variants(bench.workspace(), "demo"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("not-here.patch");
        assertThatThrownBy(() -> PlanLoader.variants(bench.workspace(), "../bugs/demo"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("there is no bug");
    }

    @Test
    void aSourceRpmMayBeElsewhere() {
        bench.write("elsewhere/x.src.rpm", "x");
        Path elsewhere = bench.path("elsewhere/x.src.rpm");
        SrpmSource source = overridden(new SrpmOverride(elsewhere.toString(), Optional.of(SHA256)));
        assertThat(source.location()).contains(new SrpmLocation.LocalFile(elsewhere));
        assertThat(source.sha256()).contains(SHA256.toLowerCase(Locale.ROOT));
        assertThat(source.nevra()).as("still holds").contains("kernel-1.0-1.el7");
    }

    @Test
    void aSourceRpmMayBeOnTheWeb() {
        bench.edit("specs/kernels/el7-fake.yaml", "sha256: null", "sha256: " + SHA256);
        SrpmSource source = overridden(new SrpmOverride("https://example.org/x.src.rpm", Optional.empty()));
        URI address = URI.create("https://example.org/x.src.rpm");
        assertThat(source.locationIn(bench.workspace())).isEqualTo(new SrpmLocation.Url(address));
        assertThat(source.sha256()).as("the spec's still holds").isPresent();
    }

    @Test
    void aliasesAreRead() {
        bench.edit("specs/bugs/demo/bug.yaml", "[https://example.org/demo]", "&r [https://example.org/demo]");
        bench.edit("specs/bugs/demo/bug.yaml", "[random.trust_cpu=on]", "*r");
        assertThat(load(PlanRequest.of("demo")).bug().reproduction().kernelArguments())
                .containsExactly("https://example.org/demo");
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsDoNoHarm() {
        String text = Workbench.read(bench.path("specs/bugs/demo/bug.yaml"));
        bench.write("specs/bugs/demo/bug.yaml", "\uFEFF" + text.replace("\n", "\r\n"));
        assertThat(bench.outcome()).isEqualTo("no problem");
    }

    @Test
    void patchesOfAnotherFolderInTheWorkspaceMayBeShared() {
        bench.edit("specs/bugs/demo/bug.yaml", "0003-rework.patch", "../el7-fake/0002-fix.patch");
        assertThat(cell("fake-1.0").candidates().get(1).patches())
                .contains(bench.path("patches/demo/el7-fake/0002-fix.patch"));
    }

    private SrpmSource overridden(SrpmOverride override) {
        Plan plan = load(PlanRequest.of("demo").withOverrides(Map.of("el7-fake", override)));
        return plan.cells().get(1).kernel().source().match(debian -> null, srpm -> srpm);
    }

    private Cell cell(String kernel) {
        return load(PlanRequest.of("demo").withKernels(List.of(kernel))).cells().get(0);
    }

    private List<String> cells(PlanRequest request) {
        return load(request).cells().stream()
                .map(cell -> cell.kernel().name() + ": "
                        + String.join(
                                ", ",
                                cell.variants().stream().map(VariantSpec::name).toList()))
                .toList();
    }

    private Plan load(PlanRequest request) {
        return PlanLoader.load(bench.workspace(), request);
    }
}
