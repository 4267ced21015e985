package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.RpmComparison;
import org.patchproof.build.SourceAssembly;
import org.patchproof.build.SourceMissingException;
import org.patchproof.files.UseLock;
import org.patchproof.pipeline.ReleaseBuilds.BuildDone;
import org.patchproof.pipeline.ReleaseBuilds.SourceDone;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.release.Compatibility;
import org.patchproof.release.Compatibility.Difference;
import org.patchproof.release.Gate;
import org.patchproof.release.Gpg;
import org.patchproof.release.Refusal;
import org.patchproof.release.RefusedException;
import org.patchproof.release.ReleaseWork;
import org.patchproof.release.SigningKey;
import org.patchproof.release.VersionOrder;
import org.patchproof.release.VersionOrder.Evr;
import org.patchproof.release.VersionOrder.Row;
import org.patchproof.repro.CustomerGuest;
import org.patchproof.root.RootException;
import org.patchproof.specfile.ChangelogEntry;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.ReleaseSuffix;

/**
 * The end of the story: what was proved, built once more without the instrumentation, compared, signed, and
 * put where yum finds it. Each finished build is kept until the release is whole: killed at any moment, it
 * goes on with the same command.
 */
public final class Releasing implements Releaser {
    private final CommandRunner runner;

    /** With real tools. */
    public Releasing() {
        this(new LeashedRunner());
    }

    /** A releaser whose tools {@code runner} runs. */
    public Releasing(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    @SuppressWarnings("try") // the cache is held, not used
    public ReleaseResult release(ReleaseRequest request, ProgressListener listener) {
        HostNeeds.forReleasing();
        CustomerHost.requireTools(request.options());
        Plan plan = PlanLoader.load(request.workspace(), request.plan());
        Cell cell = plan.cells().get(0);
        try (UseLock held = CacheInUse.begin(request.cacheDirectory())) {
            ReleasePlan asked = ReleasePlan.of(plan, cell, request);
            Gpg gpg = new Gpg(runner, request.options().key().passphraseFile());
            SigningKey key = gpg.find(request.options().key().keyId());
            Steps steps = new Steps(cell.kernel().name(), listener);
            AssembledSource source = source(request, cell);
            Gate.Outcome gate = gate(request, asked, source, listener);
            ReleaseWork.requireFree(request.out());
            // The work is not opened yet: its key tells of the root.
            Path log = request.cacheDirectory().resolve("release-root.log");
            RootStage stage = new RootStage(runner, request.cacheDirectory(), log, steps);
            try (ReleaseRoot root = ReleaseRoot.open(stage, asked.kernel().build(), source);
                    ReleaseWork work = ReleaseWork.open(
                            request.out(),
                            asked.key(source.sha256(), key, root.facts().contents()))) {
                Gate.Outcome passed = passed(
                        request,
                        Gate.compiler(
                                asked.gate(source.sha256()), gate, root.facts().compiler()),
                        note -> {});
                Builds builds = build(request, asked, key, source, root, work, steps);
                ReleaseAssembly assembly = new ReleaseAssembly(runner, gpg, key, request, asked, root, work, steps);
                return assembly.assemble(source, passed, builds);
            }
        } catch (RootException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroubleException("interrupted", "Run the same command again: it goes on.", e);
        }
    }

    private AssembledSource source(ReleaseRequest request, Cell cell) throws IOException {
        Path log = Files.createDirectories(request.cacheDirectory()).resolve("release-source.log");
        try {
            return new SourceAssembly(runner, request.workspace(), request.cacheDirectory())
                    .assemble(cell.kernel(), log);
        } catch (SourceMissingException e) {
            throw new WrongRequestException(e.getMessage(), e.remedy(), e);
        } catch (BuildTroubleException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }

    private static Gate.Outcome gate(
            ReleaseRequest request, ReleasePlan asked, AssembledSource source, ProgressListener listener)
            throws IOException {
        ProofFinder.Search search = ProofFinder.find(request.proofs());
        Gate.Outcome gate = Gate.ask(asked.gate(source.sha256()), search.proofs(), search.unread());
        if (gate.open()) {
            listener.note(
                    "proved by " + gate.proof().orElseThrow().bundles().get(0).id());
        }
        return passed(request, gate, listener::note);
    }

    /** The gate is open, or somebody goes on without. */
    private static Gate.Outcome passed(ReleaseRequest request, Gate.Outcome gate, Consumer<String> notes) {
        if (gate.open()) {
            return gate;
        } else if (request.options().unproved().isEmpty()) {
            throw new RefusedException(gate.refusals());
        } else {
            gate.refusals().forEach(refusal -> notes.accept("WITHOUT PROOF: " + refusal.what()));
        }
        return gate;
    }

    /** What was built and looked at. */
    record Builds(
            SourceDone source,
            BuildDone fixed,
            CustomerGuest.Kernels kernels,
            Path sourcePackage,
            List<Path> packages,
            List<Row> versions,
            List<Difference> differences,
            LocalDate date,
            Instant started) {}

    private Builds build(
            ReleaseRequest request,
            ReleasePlan asked,
            SigningKey key,
            AssembledSource vendor,
            ReleaseRoot root,
            ReleaseWork work,
            Steps steps)
            throws IOException, InterruptedException {
        // Kept, so that a release that goes on tomorrow is dated as it was begun.
        Started started = work.once("started", Started.class, folder -> new Started(Instant.now()));
        LocalDate date = started.date(request.options());
        ReleaseBuilds builds = new ReleaseBuilds(runner, work, asked.kernel(), root.open(), request.jobs(), steps);
        SourceDone source = builds.source(vendor.srpm(), injection(asked, request.options(), key, date));
        List<String> traces = asked.bug().traces();
        Path srpm = builds.file(source);
        BuildDone first = builds.build("first", srpm, Optional.of(asked.series()), traces);
        requireNoTrace(first);
        BuildDone unfixed = builds.build("unfixed", vendor.srpm(), Optional.empty(), traces);
        List<Row> versions = versions(unfixed.version(), first.version(), asked.next(unfixed.version()));
        List<Difference> differences = Compatibility.compare(unfixed.facts(), first.facts());
        requireCompatible(differences, request.options());
        BuildDone second = builds.build("second-in-another-place", srpm, Optional.of(asked.series()), traces);
        List<Path> packages = builds.packages("first", first);
        RpmComparison twins = steps.run(
                "",
                Step.CHECK,
                "two builds of the same",
                Optional.empty(),
                progress -> RpmComparison.of(packages, builds.packages("second-in-another-place", second)),
                compared -> compared.same() ? "equal" : "not equal");
        requireSame(twins);
        CustomerGuest.Kernels kernels =
                new CustomerGuest.Kernels(builds.kernel("unfixed", unfixed), builds.kernel("first", first));
        return new Builds(source, first, kernels, srpm, packages, versions, differences, date, started.at());
    }

    private static InjectionRequest injection(
            ReleasePlan asked, ReleaseOptions options, SigningKey key, LocalDate date) {
        try {
            return InjectionRequest.forSourcePackage(
                    asked.series(),
                    new ReleaseSuffix(asked.suffix()),
                    new ChangelogEntry(date, options.packager().orElse(key.user()), asked.changelog()));
        } catch (IllegalArgumentException e) {
            throw new WrongRequestException(e.getMessage(), "See --suffix, --packager 'Name <mail>' and --ticket.", e);
        }
    }

    private static void requireNoTrace(BuildDone build) {
        if (!build.traces().hits().isEmpty()) {
            throw new RefusedException(
                    "the instrumentation is in what would be shipped:\n    "
                            + String.join("\n    ", build.traces().hits()),
                    "Let ship: in the bug's YAML name the fix alone; the fix must not touch what the instrumentation"
                            + " brings.");
        }
    }

    private List<Row> versions(Evr broken, Evr ours, List<Evr> next) {
        List<Row> rows = new VersionOrder(runner).table(broken, ours, next);
        if (rows.stream().allMatch(Row::holds)) {
            return rows;
        }
        throw new RefusedException(
                "rpm would not update as it must:\n    "
                        + String.join("\n    ", rows.stream().map(Row::toString).toList()),
                "Choose a suffix that begins with a letter and sorts behind the vendor's, as --suffix .fix.");
    }

    private static void requireCompatible(List<Difference> differences, ReleaseOptions options) {
        List<Refusal> breaks = Compatibility.notAllowed(differences, options.allowed()).stream()
                .map(difference ->
                        new Refusal(difference.toString(), "Allow it by name: --allow-kabi " + difference.name()))
                .toList();
        if (!breaks.isEmpty()) {
            List<Refusal> all = new ArrayList<>(breaks);
            all.add(new Refusal(
                    "modules built for the unfixed kernel may not load in the fixed one",
                    "Or change the fix so that exported symbols stay. What was built is kept."));
            throw new RefusedException(all);
        }
    }

    private static void requireSame(RpmComparison twins) {
        if (!twins.same()) {
            throw new RefusedException(
                    "two builds of the same source package differ:\n    "
                            + String.join(
                                    "\n    ",
                                    twins.differences().stream()
                                            .map(RpmComparison.Difference::describe)
                                            .toList()),
                    "Make the build reproducible: no time, no host name, no path of the build's directory may get in.");
        }
    }
}
