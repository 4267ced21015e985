package org.patchproof.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

/**
 * What a run of {@code verify} is to do. Not yet checked against the workspace: the run does that first.
 *
 * @param workspace the folder with {@code specs/} and {@code patches/}
 * @param plan which bug, kernels and variants
 * @param stopping how much evidence FIXED takes, and how many trials at least and at most it may take
 * @param maxTime how long after the first trial of a kernel to begin no further one; empty for as long as it takes
 * @param compilerCache whether builds may use a compiler cache
 * @param builds what builds may begin with
 * @param acceleration {@code kvm} or {@code tcg}; empty to try what this host can do
 * @param runsDirectory where the evidence bundle of the run gets its own folder
 * @param resume the bundle of an earlier run to go on with; empty for a new one
 * @param cacheDirectory where built packages and guest images are kept between runs
 * @param jobs how many processors the run may keep busy, at least 1
 * @param judging whether the control comes along, or another run has its evidence
 * @param lane whether kernels are packed and installed, or booted as they are built
 */
public record VerifyRequest(
        Workspace workspace,
        PlanRequest plan,
        StoppingRule stopping,
        Optional<Duration> maxTime,
        CompilerCachePolicy compilerCache,
        BuildPolicy builds,
        Optional<String> acceleration,
        Path runsDirectory,
        Optional<Path> resume,
        Path cacheDirectory,
        int jobs,
        Judging judging,
        Lane lane) {

    /** Three of three against none of three is the least that Fisher's test calls unlikely (p = 0.05). */
    public static final int DEFAULT_TRIALS = 3;

    /** More would take weeks. */
    public static final int MOST_TRIALS = 1000;

    /** So many times the fewest trials an arm gets whose verdict is open. */
    public static final int MOST_TRIALS_FACTOR = 4;

    /**
     * @throws WrongRequestException when a number of trials, of processors or of seconds, or the name of the
     *     acceleration, is not one that can be worked with
     */
    public VerifyRequest {
        Objects.requireNonNull(workspace);
        Objects.requireNonNull(plan);
        Objects.requireNonNull(stopping);
        Objects.requireNonNull(maxTime);
        Objects.requireNonNull(compilerCache);
        Objects.requireNonNull(builds);
        Objects.requireNonNull(acceleration);
        Objects.requireNonNull(runsDirectory);
        Objects.requireNonNull(resume);
        Objects.requireNonNull(cacheDirectory);
        Objects.requireNonNull(judging);
        Objects.requireNonNull(lane);
        refuse(
                stopping.most() > MOST_TRIALS,
                "trials: " + stopping.most(),
                "Give a number from 1 to " + MOST_TRIALS + ", as --max-trials 20.");
        refuse(
                maxTime.filter(time -> time.isZero() || time.isNegative()).isPresent(),
                "time limit: " + maxTime.map(Duration::toSeconds).orElse(0L) + " s",
                "Give a time above zero, as --max-time 2h.");
        refuse(
                acceleration.filter(a -> !a.equals("kvm") && !a.equals("tcg")).isPresent(),
                "acceleration: " + acceleration.orElse(""),
                "Give kvm or tcg, or leave it out to use what works here.");
        refuse(jobs < 1, "jobs: " + jobs, "Give a number from 1, as --jobs 4.");
    }

    /** Everything of a bug, with the defaults that the command line has. */
    public static VerifyRequest of(Workspace workspace, String bug) {
        return new VerifyRequest(
                workspace,
                PlanRequest.of(bug),
                new StoppingRule(Standard.USUAL, DEFAULT_TRIALS, DEFAULT_TRIALS * MOST_TRIALS_FACTOR),
                Optional.empty(),
                CompilerCachePolicy.USE,
                BuildPolicy.REUSE,
                Optional.empty(),
                Path.of("runs"),
                Optional.empty(),
                defaultCache(System.getenv(), Path.of(System.getProperty("user.home", "."))),
                Runtime.getRuntime().availableProcessors(),
                Judging.HERE,
                Lane.RPM);
    }

    /** {@code $XDG_CACHE_HOME/patchproof}, or {@code ~/.cache/patchproof}. A relative variable is ignored, as XDG has it. */
    public static Path defaultCache(Map<String, String> environment, Path home) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".cache")).resolve("patchproof");
    }

    public VerifyRequest withPlan(PlanRequest other) {
        return with(draft -> draft.plan = other);
    }

    /** With at least so many trials of each arm, and at most {@value #MOST_TRIALS_FACTOR} times as many. */
    public VerifyRequest withTrials(int least) {
        refuse(
                least < 1 || least > MOST_TRIALS,
                "trials: " + least,
                "Give a number from 1 to " + MOST_TRIALS + ", as --trials 5.");
        return withStopping(
                new StoppingRule(stopping.standard(), least, Math.min(MOST_TRIALS, least * MOST_TRIALS_FACTOR)));
    }

    /** With at most so many trials of each arm. */
    public VerifyRequest withMostTrials(int most) {
        refuse(
                most < stopping.least() || most > MOST_TRIALS,
                "most trials: " + most,
                "Give a number from " + stopping.least() + ", the fewest, to " + MOST_TRIALS + ", as --max-trials 20.");
        return withStopping(new StoppingRule(stopping.standard(), stopping.least(), most));
    }

    /** With FIXED as sure as this: 0.5 or more, below 1. */
    public VerifyRequest withConfidence(double wanted) {
        refuse(
                !(wanted >= 0.5 && wanted < 1),
                "confidence: " + wanted,
                "Give a number from 0.5 to below 1, as --confidence 0.95.");
        return withStandard(new Standard(wanted, stopping.standard().residual()));
    }

    /** With the weakest leak that must be caught, as a share of the control's: above 0, at most 1. */
    public VerifyRequest withResidual(double share) {
        refuse(
                !(share > 0 && share <= 1),
                "residual: " + share,
                "Give a share above 0 and at most 1, as --residual 0.1.");
        return withStandard(new Standard(stopping.standard().confidence(), share));
    }

    private VerifyRequest withStandard(Standard standard) {
        return withStopping(new StoppingRule(standard, stopping.least(), stopping.most()));
    }

    private VerifyRequest withStopping(StoppingRule rule) {
        return with(draft -> draft.stopping = rule);
    }

    public VerifyRequest withMaxTime(Duration limit) {
        return with(draft -> draft.maxTime = Optional.of(limit));
    }

    public VerifyRequest withCompilerCache(CompilerCachePolicy policy) {
        return with(draft -> draft.compilerCache = policy);
    }

    public VerifyRequest withBuilds(BuildPolicy policy) {
        return with(draft -> draft.builds = policy);
    }

    /** With {@code kvm} or {@code tcg}. */
    public VerifyRequest withAcceleration(String name) {
        return with(draft -> draft.acceleration = Optional.of(name));
    }

    public VerifyRequest withRunsDirectory(Path folder) {
        return with(draft -> draft.runsDirectory = folder);
    }

    /** Going on with the bundle of an earlier run. */
    public VerifyRequest withResume(Path bundle) {
        return with(draft -> draft.resume = Optional.of(bundle));
    }

    public VerifyRequest withCacheDirectory(Path folder) {
        return with(draft -> draft.cacheDirectory = folder);
    }

    public VerifyRequest withJobs(int processors) {
        return with(draft -> draft.jobs = processors);
    }

    public VerifyRequest withJudging(Judging when) {
        return with(draft -> draft.judging = when);
    }

    public VerifyRequest withLane(Lane other) {
        return with(draft -> draft.lane = other);
    }

    /** Whether this variant is tried: with {@link Judging#LATER}, only those that are named. */
    boolean tries(String variant) {
        return judging == Judging.HERE
                || plan.variants().isEmpty()
                || plan.variants().contains(variant);
    }

    private VerifyRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.request();
    }

    /** A request of which one thing is about to be another. */
    private static final class Draft {
        private final Workspace workspace;
        private PlanRequest plan;
        private StoppingRule stopping;
        private Optional<Duration> maxTime;
        private CompilerCachePolicy compilerCache;
        private BuildPolicy builds;
        private Optional<String> acceleration;
        private Path runsDirectory;
        private Optional<Path> resume;
        private Path cacheDirectory;
        private int jobs;
        private Judging judging;
        private Lane lane;

        Draft(VerifyRequest of) {
            workspace = of.workspace;
            plan = of.plan;
            stopping = of.stopping;
            maxTime = of.maxTime;
            compilerCache = of.compilerCache;
            builds = of.builds;
            acceleration = of.acceleration;
            runsDirectory = of.runsDirectory;
            resume = of.resume;
            cacheDirectory = of.cacheDirectory;
            jobs = of.jobs;
            judging = of.judging;
            lane = of.lane;
        }

        VerifyRequest request() {
            return new VerifyRequest(
                    workspace,
                    plan,
                    stopping,
                    maxTime,
                    compilerCache,
                    builds,
                    acceleration,
                    runsDirectory,
                    resume,
                    cacheDirectory,
                    jobs,
                    judging,
                    lane);
        }
    }

    private static void refuse(boolean wrong, String message, String remedy) {
        if (wrong) {
            throw new WrongRequestException(message, remedy);
        }
    }
}
