package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.plan.BuildRoot;
import org.patchproof.process.LeashedRunner;
import org.patchproof.root.BuildRoots;
import org.patchproof.root.OpenRoot;
import org.patchproof.testing.FakeKernel;

/** A second variant from the first one's tree: only what changed is compiled, and the packages are those of a clean build. */
class IncrementalBuildIT {
    private static final String INSTRUMENTATION = "0001-instrumentation.patch";
    private static final String FIX = "0002-fix.patch";

    @TempDir
    Path dir;

    private final List<String> notes = new ArrayList<>();
    private Path srpm;
    private BuildIdentity identity;
    private BaseStore store;

    @BeforeEach
    void source() throws IOException {
        source(FakeKernel.spec());
    }

    private void source(String spec) throws IOException {
        srpm = FakeKernel.srpm(Files.createDirectories(dir.resolve("source" + spec.hashCode())), spec);
        identity = BuildIdentity.of(FileDigest.sha256(srpm), FakeKernel.build(), host(), new LeashedRunner());
        store = new BaseStore(new LeashedRunner(), dir.resolve("cache"));
    }

    @Test
    void onlyWhatChangedIsCompiledAndThePackageIsThatOfACleanBuild() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        List<Path> incremental = incremental("fixed", series("fixed", INSTRUMENTATION, FIX));
        assertThat(compiled("fixed")).containsExactly("init.o", "net/ipv4/route.o");

        List<Path> clean = clean("clean/fixed", series("fixed", INSTRUMENTATION, FIX), false);
        assertThat(compiled("clean/fixed")).containsExactly("init.o", "net/ipv4/route.o", "lib/sum.o");
        assertThat(RpmComparison.of(clean, incremental).differences()).isEmpty();
        assertThat(FileDigest.sha256(incremental.get(0))).isEqualTo(FileDigest.sha256(clean.get(0)));
    }

    /** Without packing: the image that the packages of a clean build hold. */
    @Test
    void theImageOfTheQuickLaneIsThatOfThePackages() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        VariantBuild build = begun("fixed", series("fixed", INSTRUMENTATION, FIX));
        done(build.compileImage(objects -> {}));
        BootImage image = build.image(dir.resolve("image/vmlinuz"));
        build.discard();

        VariantBuild clean = build("clean/fixed", series("fixed", INSTRUMENTATION, FIX));
        clean.unpack(srpm);
        done(clean.inject());
        done(clean.prepare());
        done(clean.compile(objects -> {}));
        BuiltKernel kernel = clean.collect(dir.resolve("clean-rpms"));
        clean.discard();
        assertThat(image.sha256()).isEqualTo(kernel.imageSha256());
        assertThat(image.release()).isEqualTo(kernel.release());
        assertThat(image.buildId()).isPresent().isEqualTo(kernel.buildId());
        assertThat(FileDigest.sha256(image.file())).isEqualTo(image.sha256());
    }

    /** The control's kernel under the candidate's name would look like a fix that does nothing, or like no bug. */
    @ParameterizedTest
    @ValueSource(strings = {"", "with,comma/"})
    void anImageThatTheTreeHadBeforeIsNotTaken(String folder) throws Exception {
        source(FakeKernel.spec()
                .replace("\nmake\n", "\nif [ -e vmlinux ]; then make net/ipv4/route.o; else make; fi\n"));
        clean("control", series("control", INSTRUMENTATION), true);
        VariantBuild build = begun(folder + "fixed", series("fixed", INSTRUMENTATION, FIX));
        done(build.compileImage(objects -> {}));
        assertThatThrownBy(() -> build.image(dir.resolve("image/vmlinuz")))
                .isInstanceOf(BuildTroubleException.class)
                .hasMessageContaining("the build did not make vmlinux");
        build.discard();
        assertThat(dir.resolve("image/vmlinuz")).doesNotExist();
    }

    @Test
    void theWayBackIsAsGood() throws Exception {
        clean("fixed", series("fixed", INSTRUMENTATION, FIX), true);
        List<Path> incremental = incremental("control", series("control", INSTRUMENTATION));
        List<Path> clean = clean("clean/control", series("control", INSTRUMENTATION), false);
        assertThat(FileDigest.sha256(incremental.get(0))).isEqualTo(FileDigest.sha256(clean.get(0)));
    }

    @Test
    void twoVariantsAtOnceDoNotSeeEachOther() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        CompletableFuture<List<Path>> one = CompletableFuture.supplyAsync(() -> sure("fixed", INSTRUMENTATION, FIX));
        CompletableFuture<List<Path>> other = CompletableFuture.supplyAsync(() -> sure("bare", FIX));
        for (String name : List.of("fixed", "bare")) {
            Path rpm = (name.equals("fixed") ? one : other).get().get(0);
            Path clean = clean("clean/" + name, seriesOf(name), false).get(0);
            assertThat(FileDigest.sha256(rpm)).as(name).isEqualTo(FileDigest.sha256(clean));
        }
    }

    @Test
    void whereNoLayerCanBeLaidTheTreeIsCopied() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        // No option of mount(8) can hold a comma.
        List<Path> copied = incremental("with,comma/fixed", series("fixed", INSTRUMENTATION, FIX));
        assertThat(compiled("with,comma/fixed")).containsExactly("init.o", "net/ipv4/route.o");
        assertThat(FileDigest.sha256(copied.get(0)))
                .isEqualTo(FileDigest.sha256(
                        clean("clean/fixed", seriesOf("fixed"), false).get(0)));
        assertThat(store.find(identity, notes::add)).isPresent();
    }

    @Test
    void aBaseThatWasTouchedIsNoticedAndRemoved() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        Path object = built("lib/sum.o");
        FileTime time = Files.getLastModifiedTime(object);
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length - 1] ^= 1;
        Files.write(object, bytes, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(object, time);

        assertThat(store.find(identity, notes::add)).isEmpty();
        assertThat(notes).singleElement().asString().contains("is not as it was left");
        assertThat(object).doesNotExist();
        clean("control", series("control", INSTRUMENTATION), true);
        assertThat(store.find(identity, notes::add)).isPresent();
    }

    @Test
    void aBaseThatIsHalfWrittenIsNone() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        Files.delete(home().resolve("sealed"));
        assertThat(store.find(identity, notes::add)).isEmpty();
        clean("control", series("control", INSTRUMENTATION), true);
        assertThat(store.find(identity, notes::add)).isPresent();
        try (Stream<Path> rest = Files.list(home().getParent())) {
            assertThat(rest.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("locks", identity.digest());
        }
    }

    @Test
    void aBuildThatIsCutOffLeavesNothingMountedAndTheBaseWhole() throws Exception {
        source(FakeKernel.spec().replace("\nmake\n", "\n[ ! -e stall ] || { touch stalled; sleep 300; }\nmake\n"));
        clean("control", series("control", INSTRUMENTATION), true);
        VariantBuild build = begun("fixed", series("fixed", INSTRUMENTATION, FIX));
        Path tree = dir.resolve("fixed/layered/layer/BUILD/kernel-1.0.7/linux-1.0.7-3.pp.control.x86_64");
        Files.createFile(tree.resolve("stall"));
        Thread compiling = new Thread(() -> {
            try {
                build.compile(objects -> {});
            } catch (IOException | RuntimeException e) {
                notes.add(e.getMessage());
            }
        });
        compiling.start();
        while (!Files.exists(tree.resolve("stalled"))) {
            assertThat(compiling.isAlive()).isTrue();
            Thread.sleep(20);
        }
        compiling.interrupt();
        compiling.join();
        build.discard();

        assertThat(notes).singleElement().asString().contains("cancelled");
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain("patchproof-build");
        assertThat(dir.resolve("fixed")).doesNotExist();
        try (BaseTree base = store.find(identity, notes::add).orElseThrow()) {
            assertThat(base.variant()).isEqualTo("control");
        }
    }

    @Test
    void whatPrepMayDependOnIsBuiltClean() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        assertThat(objection(patch("Makefile", "OBJECTS =", "OBJECTS = "))).contains("touches Makefile");
        assertThat(objection(created())).contains("creates or deletes lib/new.c");
        String sed = "sed -i 's/^EXTRAVERSION =.*/EXTRAVERSION = -%{release}.%{_target_cpu}/' Makefile\n";
        source(FakeKernel.spec().replace(sed, "").replace("%build\n", sed + "\n%build\n"));
        clean("other", series("control", INSTRUMENTATION), true);
        assertThat(objection(series("fixed", INSTRUMENTATION, FIX)))
                .contains("%prep uses the release otherwise than in a directory's name: sed -i");
        source(FakeKernel.spec().replace("%build\n", "sed -i 's/nowhere/there/' net/ipv4/*.c\n\n%build\n"));
        clean("sed", series("control", INSTRUMENTATION), true);
        assertThat(objection(series("fixed", INSTRUMENTATION, FIX))).contains("%prep may change a file");
    }

    @Test
    void basesAreKeptWithinTheirBytesAndNoneThatIsInUseGoes() throws Exception {
        clean("control", series("control", INSTRUMENTATION), true);
        Path first = home();
        long bytes = Trees.bytes(first.resolve("topdir"));
        assertThat(first.resolve("used")).content().isEqualTo(Long.toString(bytes));
        try (BaseTree used = store.find(identity, notes::add).orElseThrow()) {
            List<Path> others = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                source(FakeKernel.spec() + "\n# " + i + "\n");
                store = new BaseStore(new LeashedRunner(), dir.resolve("cache"), 2 * bytes + bytes / 2);
                clean("kernel" + i, series("control", INSTRUMENTATION), true);
                others.add(home());
            }
            assertThat(used.topdir()).isDirectory();
            assertThat(others.subList(0, 2)).allSatisfy(path -> assertThat(path).doesNotExist());
            assertThat(others.get(2)).isDirectory();
        }
    }

    private static PatchSeries patch(String file, String old, String now) {
        String line = old + " init.o net/ipv4/route.o lib/sum.o";
        String diff =
                "--- a/" + file + "\n+++ b/" + file + "\n@@ -9 +9 @@\n-" + line + "\n+" + line.replace(old, now) + "\n";
        return new PatchSeries("fixed", List.of(PatchReader.parse("touches.patch", diff.getBytes())));
    }

    private static PatchSeries created() {
        String diff = "--- /dev/null\n+++ b/lib/new.c\n@@ -0,0 +1 @@\n+int made;\n";
        return new PatchSeries("fixed", List.of(PatchReader.parse("creates.patch", diff.getBytes())));
    }

    private String objection(PatchSeries series) throws IOException {
        VariantBuild build = build("objected", series);
        build.begin(store.find(identity, notes::add).orElseThrow());
        done(build.inject());
        Optional<String> objection = build.switchSeries();
        build.discard();
        return objection.orElse("none");
    }

    private List<Path> sure(String name, String... patches) {
        try {
            return incremental(name, series(name, patches));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PatchSeries seriesOf(String name) throws IOException {
        return name.equals("fixed") ? series(name, INSTRUMENTATION, FIX) : series(name, FIX);
    }

    private static PatchSeries series(String name, String... patches) throws IOException {
        return FakeKernel.series(name, patches);
    }

    private List<Path> clean(String name, PatchSeries series, boolean keep) throws Exception {
        VariantBuild build = build(name, series);
        build.unpack(srpm);
        done(build.inject());
        done(build.prepare());
        done(build.prove(Set.of()));
        done(build.compile(objects -> {}));
        Carried proof = done(build.prove(Set.of()));
        List<Path> rpms = collect(build, name);
        if (keep) {
            assertThat(store.keep(build, identity, proof, 1)).isEmpty();
        }
        build.discard();
        return rpms;
    }

    private VariantBuild begun(String name, PatchSeries series) throws Exception {
        VariantBuild build = build(name, series);
        build.begin(store.find(identity, notes::add).orElseThrow());
        done(build.inject());
        assertThat(build.switchSeries()).isEmpty();
        done(build.prove(Set.of()));
        return build;
    }

    private List<Path> incremental(String name, PatchSeries series) throws Exception {
        VariantBuild build = begun(name, series);
        done(build.compile(objects -> {}));
        done(build.prove(Set.of()));
        List<Path> rpms = collect(build, name);
        build.discard();
        return rpms;
    }

    private List<Path> collect(VariantBuild build, String name) throws IOException {
        Path rpms = dir.resolve(name + "-rpms");
        Trees.delete(rpms);
        build.collect(rpms);
        try (Stream<Path> files = Files.list(rpms)) {
            return files.sorted().toList();
        }
    }

    private VariantBuild build(String name, PatchSeries series) throws IOException {
        Files.deleteIfExists(dir.resolve(name + ".log"));
        return new VariantBuild(
                new LeashedRunner(),
                FakeKernel.build(),
                series,
                ".pp." + series.name(),
                CompilerCache.OFF,
                1,
                dir.resolve(name),
                dir.resolve(name + ".log"));
    }

    private Path home() {
        return dir.resolve("cache/bases").resolve(identity.digest());
    }

    private Path built(String path) {
        return home().resolve("topdir/BUILD/kernel-1.0.7/linux-1.0.7-3.pp.control.x86_64")
                .resolve(path);
    }

    private List<String> compiled(String name) throws IOException {
        return Files.readAllLines(dir.resolve(name + ".log")).stream()
                .filter(line -> line.startsWith("  CC "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    private static <T> T done(StepOutcome<T> outcome) {
        return outcome.match(
                value -> value,
                rejected -> {
                    throw new AssertionError("rejected: " + rejected);
                },
                broken -> {
                    throw new AssertionError("broken: " + broken);
                });
    }

    private static OpenRoot host() throws IOException {
        return new BuildRoots(new LeashedRunner(), Path.of("target"))
                .open(BuildRoot.HOST, Path.of("none"), Path.of("target/root.log"), words -> {});
    }
}
