package org.patchproof.pipeline;

import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.patchproof.files.FileDigest;
import org.patchproof.pipeline.ReleaseOptions.Customer;
import org.patchproof.pipeline.ReleaseOptions.Said;
import org.patchproof.pipeline.ReleaseOptions.SigningWith;
import org.patchproof.pipeline.ReleaseOptions.Waiver;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.KernelSpec;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.CommandRunner;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.PlayedMachine;
import org.patchproof.testing.ThrowAwayKey;

/** The fake kernel, a bug with fixes of all sorts, bundles that prove them, a key; and what is asked of a release. */
final class ReleaseBench {
    static final String USER = "Release Engineering <release@example.org>";
    private static final Path PATCHES = Path.of("src/test/resources/fakekernel/patches");
    private static final String KERNEL = "fake-1.0";

    final Path dir;
    final Workspace workspace;
    final ThrowAwayKey key;
    final Path out;
    final Path runs;
    String variant = "fixed";
    Optional<String> suffix = Optional.empty();
    LocalDate date = LocalDate.of(2026, 11, 23);
    Optional<Path> passphraseFile;
    /** That the proof's packages were built by; empty where the bundle does not say. */
    Optional<String> compiler = Optional.empty();

    Optional<Waiver> unproved = Optional.empty();
    /** Most tests are of something else, and have no machine. */
    Customer customer = new Customer(Optional.of(new Waiver("no machine here", Said.TWICE)), Optional.of("tcg"));

    PlayedMachine machine;
    /** Real tools, for which the key's home is the user's. */
    CommandRunner runner;

    final List<String> next = new ArrayList<>();
    final TreeSet<String> allowed = new TreeSet<>();

    ReleaseBench(Path dir, ThrowAwayKey key) throws IOException {
        this.dir = dir;
        workspace = FakeWorkspace.make(dir.resolve("ws"));
        Path bug = dir.resolve("ws/specs/bugs/demo/bug.yaml");
        String text = Files.readString(bug)
                .replace(
                        "patches: [0001-instrumentation.patch, 0002-fix.patch]}",
                        "patches: [0001-instrumentation.patch, 0002-fix.patch], ship: [0002-fix.patch]}\n"
                                + more("breaks-modules") + more("knows-its-place") + more("leaves-a-trace"));
        Files.writeString(
                bug,
                text + "traces: [ref_leak_test]\nfixed-by: ee60ad219f5c\n"
                        + "customer: {limits: {provoke: 1s, teardown: 5s, watch: 5s}}\n");
        this.key = key;
        runner = key.runner();
        passphraseFile = Optional.of(key.passphraseFile());
        out = dir.resolve("release");
        runs = Files.createDirectories(dir.resolve("runs"));
    }

    private static String more(String name) {
        return "    " + name + ": {role: candidate, patches: [0001-instrumentation.patch, 0003-" + name
                + ".patch], ship: [0003-" + name + ".patch]}\n";
    }

    Path srpm() {
        return dir.resolve("ws/srpms/kernel-1.0.7-3.src.rpm");
    }

    /** A bundle whose verdict on {@code variant} is FIXED. */
    ReleaseBench proved(String fix) throws IOException {
        BundleMaker.in(runs, "20261123-proof-of-" + variant)
                .bug("demo")
                .residual(0.1)
                .source(FileDigest.sha256(srpm()))
                .compiler(compiler)
                .built(Optional.of(kernel().buildDigest()))
                .cell(
                        KERNEL,
                        control().patches(text("0001-instrumentation.patch")).reproduced(2, 2, 1),
                        candidate(variant)
                                .patches(text("0001-instrumentation.patch"), text(fix))
                                .clean(100, 100, 100))
                .write();
        return this;
    }

    private KernelSpec kernel() {
        return PlanLoader.load(workspace, request().plan()).cells().get(0).kernel();
    }

    static String text(String patch) throws IOException {
        return Files.readString(PATCHES.resolve(patch));
    }

    ReleaseBench variant(String name) {
        variant = name;
        return this;
    }

    /** Tried in a machine that is played, in this mood. */
    ReleaseBench tried(String mood) throws Exception {
        return tried(mood, Map.of("vmlinuz", "a kernel", "initrd", "an initrd"));
    }

    /** As {@link #tried(String)}, in a guest that has these files. */
    ReleaseBench tried(String mood, Map<String, String> companions) throws Exception {
        customer = new Customer(Optional.empty(), Optional.of("tcg"));
        machine = new PlayedMachine(key.runner(), mood);
        machine.guest(
                dir.resolve("cache"),
                PlanLoader.load(workspace, request().plan()).cells().get(0).guest(),
                companions);
        runner = machine;
        return this;
    }

    ReleaseRequest request() {
        return new ReleaseRequest(
                workspace,
                PlanRequest.of("demo").withKernels(List.of(KERNEL)).withVariants(List.of(variant)),
                List.of(runs),
                out,
                dir.resolve("cache"),
                2,
                new ReleaseOptions(
                        new SigningWith(key.fingerprint(), passphraseFile),
                        suffix,
                        Optional.empty(),
                        Optional.of(date),
                        Optional.of("OPS-4711"),
                        0.95,
                        next,
                        allowed,
                        unproved,
                        customer,
                        Optional.empty()));
    }

    ReleaseResult release() {
        return new Releasing(runner).release(request(), ProgressListener.SILENT);
    }

    /** To make the release again, in the root that its papers name or in another. */
    RebuildRequest rebuild(Optional<BuildRoot> root) {
        return new RebuildRequest(
                out.resolve("papers/provenance.json"),
                Optional.empty(),
                root,
                dir.resolve("cache"),
                dir.resolve("again"),
                2);
    }
}
