package org.patchproof.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.CleanBuild;
import org.patchproof.build.RpmComparison;
import org.patchproof.build.StepOutcome;
import org.patchproof.files.FileDigest;
import org.patchproof.files.UseLock;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.Dsse;
import org.patchproof.release.Gpg;
import org.patchproof.release.Provenance;
import org.patchproof.release.Provenance.Recipe;
import org.patchproof.release.RefusedException;
import org.patchproof.release.ReleaseFacts.BuildOptions;
import org.patchproof.release.Repository;
import org.patchproof.root.RootException;
import org.patchproof.srpm.RpmFormatException;
import org.patchproof.srpm.SignatureCheck;

/**
 * A third party's look at a release: its papers are opened with a public key, its source package is built
 * again as they say, and the packages are compared with those that were shipped.
 */
public final class Rebuilding implements Rebuilder {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int SHOWN = 20;

    private final CommandRunner runner;

    /** A rebuilder whose tools {@code runner} runs. */
    public Rebuilding(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    @SuppressWarnings("try") // the cache is held, not used
    public RebuildResult rebuild(RebuildRequest request, ProgressListener listener) {
        HostNeeds.forReleasing();
        try (UseLock held = CacheInUse.begin(request.cacheDirectory())) {
            Path release = release(request.provenance());
            Path key = request.publicKey().orElse(release.resolve(Repository.KEY));
            Gpg gpg = new Gpg(runner, Optional.empty());
            JsonNode statement = Dsse.open(request.provenance(), gpg, key);
            Recipe recipe = Provenance.recipe(statement);
            List<Path> shipped = shipped(recipe, release.resolve("repo"), key);
            Steps steps = new Steps(recipe.kernel(), listener);
            try (ReleaseRoot root = new RebuildRoot(runner, request, recipe, steps).open(source(shipped))) {
                Optional<String> other = recipe.root().flatMap(there -> there.otherThan(root.facts()));
                other.ifPresent(steps::note);
                List<Path> built = build(request, recipe, root, source(shipped), steps);
                List<Path> binaries =
                        shipped.stream().filter(rpm -> !isSource(rpm)).toList();
                RpmComparison compared = RpmComparison.of(binaries, built);
                List<String> tools = compared.same() ? List.of() : others(statement, root);
                return result(gpg.read(key).id(), binaries, compared, built, other, tools);
            }
        } catch (RootException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroubleException("interrupted", "Run the same command again.", e);
        }
    }

    /** The directory that holds papers/. */
    private static Path release(Path provenance) {
        Path papers = provenance.toAbsolutePath().normalize().getParent();
        if (!Files.isRegularFile(provenance) || papers == null || papers.getParent() == null) {
            throw new WrongRequestException(
                    provenance + ": no such file", "Name the papers/provenance.json of a whole release.");
        }
        return papers.getParent();
    }

    private static boolean isSource(Path rpm) {
        return rpm.toString().endsWith(".src.rpm");
    }

    private static Path source(List<Path> shipped) {
        return shipped.stream()
                .filter(Rebuilding::isSource)
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "the provenance names no source package", "Name the provenance of a patchproof release."));
    }

    /** The packages that the statement is about: each is there, is the one that it names, and is signed. */
    private List<Path> shipped(Recipe recipe, Path repo, Path key) throws IOException {
        List<Path> shipped = new ArrayList<>();
        for (var one : recipe.subject().entrySet()) {
            if (!one.getKey().matches("[A-Za-z0-9][A-Za-z0-9._+~^-]*[.]rpm")) {
                throw new RefusedException("'" + one.getKey() + "' is no package's name", "Get the papers again.");
            }
            Path rpm = repo.resolve(one.getKey());
            if (!Files.isRegularFile(rpm)) {
                throw new RefusedException(rpm + " is not there", "Name the provenance in a whole release.");
            }
            if (!FileDigest.sha256(rpm).equals(one.getValue())) {
                throw new RefusedException(
                        rpm + " is not the package that the provenance names", "Get the release again.");
            }
            try {
                new SignatureCheck(runner).verify(rpm, key);
            } catch (RpmFormatException e) {
                throw new RefusedException(
                        e.getMessage(), "Get the release again, and its key from a place you trust.");
            }
            shipped.add(rpm);
        }
        return shipped;
    }

    private List<Path> build(RebuildRequest request, Recipe recipe, ReleaseRoot root, Path srpm, Steps steps)
            throws IOException, InterruptedException {
        Path work = request.work().toAbsolutePath();
        Files.createDirectories(work);
        BuildOptions options = recipe.options();
        BuildSpec spec = new BuildSpec(
                root.asked(),
                options.packageName(),
                options.nodeps() ? BuildDependencies.NOT_CHECKED : BuildDependencies.REQUIRED,
                options.defines(),
                options.with(),
                options.without(),
                LONGEST,
                0);
        CleanBuild build = new CleanBuild(
                runner, spec, root.open(), request.jobs(), work.resolve("build"), work.resolve("build.log"));
        try {
            build.discard();
            steps.run(
                    "again",
                    Step.PREPARE,
                    srpm.getFileName().toString(),
                    Optional.empty(),
                    progress -> done(build.prepare(srpm, Set.of())),
                    tree -> "");
            steps.run(
                    "again",
                    Step.BUILD,
                    "rpmbuild, clean",
                    Optional.empty(),
                    progress -> done(build.compile(objects -> {})),
                    time -> "");
            return build.collect(work.resolve("rpms"));
        } catch (BuildTroubleException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        } finally {
            build.discard();
        }
    }

    private static <T> T done(StepOutcome<T> outcome) {
        return outcome.match(
                value -> value,
                rejected -> {
                    throw new RefusedException(
                            "it does not build here:\n" + String.join("\n", rejected), "See the log.");
                },
                broken -> {
                    throw new RefusedException("it does not build here:\n" + String.join("\n", broken), "See the log.");
                });
    }

    private static RebuildResult result(
            String key,
            List<Path> shipped,
            RpmComparison compared,
            List<Path> built,
            Optional<String> otherRoot,
            List<String> otherTools) {
        List<String> differences = compared.differences().stream()
                .map(RpmComparison.Difference::describe)
                .toList();
        List<String> equal = compared.same()
                ? shipped.stream().map(rpm -> rpm.getFileName().toString()).toList()
                : List.of();
        return new RebuildResult(key, equal, differences, otherRoot, otherTools, built);
    }

    /** What is in this build root and was not in that one: another compiler makes another kernel. */
    private static List<String> others(JsonNode statement, ReleaseRoot root) {
        Set<String> there = new HashSet<>(statement
                .path("predicate")
                .path("buildDefinition")
                .path("resolvedDependencies")
                .findValuesAsText("uri"));
        return root.installed().stream()
                .filter(purl -> !there.contains(purl))
                .limit(SHOWN)
                .toList();
    }
}
