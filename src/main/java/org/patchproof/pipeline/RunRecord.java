package org.patchproof.pipeline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.patchproof.plan.Reproduction;
import org.patchproof.plan.VariantRole;
import org.patchproof.repro.BootProof;
import org.patchproof.repro.Trial;
import org.patchproof.root.RootIdentity;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;
import org.patchproof.verdict.Verdict;

/**
 * {@code run.json}: what was asked, what was done, what it showed, as far as it got. The truth from
 * which everything else is rendered. Paths are relative to the bundle.
 *
 * @param schema version of this format
 * @param state {@code running} or {@code finished}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RunRecord(
        int schema,
        String patchproof,
        String id,
        String bug,
        String state,
        Instant started,
        Instant updated,
        Asked asked,
        Host host,
        List<CellRecord> cells) {

    /** The version that this code writes and reads. */
    static final int SCHEMA = 1;

    /** What was asked for. */
    record Asked(StoppingRule stopping, String compilerCache, String profile, Lane lane) {
        /** Earlier versions tried at most so many times the trials that were asked for. */
        private static final int MOST_ONCE = 3;

        /**
         * Reads what this and earlier versions wrote: those knew {@code trials} and {@code confidence}
         * only, ruled out patches that do nothing, and had one way to provoke a bug and one lane.
         */
        @JsonCreator
        static Asked read(
                @JsonProperty("stopping") StoppingRule stopping,
                @JsonProperty("compilerCache") String compilerCache,
                @JsonProperty("profile") String profile,
                @JsonProperty("lane") Lane lane,
                @JsonProperty("trials") Integer trials,
                @JsonProperty("confidence") Double confidence) {
            if (stopping == null && (trials == null || confidence == null)) {
                throw new IllegalArgumentException("\"asked\" has no stopping rule");
            }
            return new Asked(
                    stopping != null
                            ? stopping
                            : new StoppingRule(new Standard(confidence, 1), trials, trials * MOST_ONCE),
                    compilerCache,
                    profile == null ? Reproduction.DEFAULT_PROFILE : profile,
                    lane == null ? Lane.RPM : lane);
        }
    }

    /** Where it ran: control and candidate of a cell ran on the same. */
    record Host(String os, String kernel, int processors, String acceleration, String accelerationReason) {}

    /**
     * One kernel.
     *
     * @param built digest of how it is built, as the kernel's YAML says; bundles of earlier versions do not say
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record CellRecord(
            String kernel,
            String key,
            Optional<Source> source,
            Optional<Guest> guest,
            List<VariantRecord> variants,
            Optional<String> built) {}

    /**
     * The source package.
     *
     * @param madeOf the commit or the tarball of which it was made here; empty for one that was given
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Source(
            String nevra,
            String file,
            String sha256,
            String how,
            Optional<String> madeOf,
            List<String> verified,
            Duration elapsed) {}

    /** The guest of all trials of a cell. */
    record Guest(
            String name, String digest, String diskSha256, int cpus, long memoryBytes, List<String> kernelArguments) {}

    /** One variant, from its patches to its verdict. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record VariantRecord(
            String name,
            VariantRole role,
            List<PatchRecord> patches,
            Optional<Injection> injection,
            Optional<Proof> proof,
            Optional<Build> build,
            Optional<Failure> failure,
            Optional<Install> install,
            List<TrialRecord> trials,
            Optional<Verdict> verdict,
            Optional<String> trouble) {}

    /** A patch by its digest. */
    record PatchRecord(String name, String sha256) {}

    /** What was done to the spec. */
    record Injection(String dialect, List<String> explanation, String specDiff) {
        /** With the path below {@code folder}. */
        Injection at(String folder) {
            return new Injection(dialect, explanation, folder + specDiff);
        }

        /** With the path as it is within {@code folder}. */
        Injection within(String folder) {
            return new Injection(dialect, explanation, inside(specDiff, folder));
        }
    }

    private static String inside(String path, String folder) {
        if (!path.startsWith(folder)) {
            throw new IllegalArgumentException(path + " is not in " + folder);
        }
        return path.substring(folder.length());
    }

    /** That the prepared tree carries every patch. */
    record Proof(
            String seriesDigest,
            String baseDigest,
            List<String> files,
            List<String> hunks,
            List<String> notes,
            List<String> commands) {}

    /** What rpmbuild made. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Build(
            String nevra,
            String release,
            String image,
            String imageSha256,
            Optional<String> buildId,
            List<Package> packages,
            String compilerCache,
            Duration prepare,
            Duration compile,
            String log,
            Optional<Made> made) {

        /** How long it took this run; packages of the cache keep the times of the build that made them. */
        Duration took() {
            boolean here = made.filter(known -> known.how() == How.CACHED).isEmpty();
            return here ? prepare.plus(compile) : Duration.ZERO;
        }

        /** Whether it is an image alone, of the quick lane: {@link #image} is its path in the bundle then. */
        boolean direct() {
            return packages.isEmpty();
        }

        /** With its paths below {@code folder}. */
        Build at(String folder) {
            return moved(path -> folder + path);
        }

        /** With its paths as they are within {@code folder}. */
        Build within(String folder) {
            return moved(path -> inside(path, folder));
        }

        private Build moved(UnaryOperator<String> to) {
            List<Package> all = packages.stream()
                    .map(rpm -> new Package(rpm.nevra(), to.apply(rpm.file()), rpm.sha256(), rpm.size()))
                    .toList();
            return new Build(
                    nevra,
                    release,
                    image,
                    imageSha256,
                    buildId,
                    all,
                    compilerCache,
                    prepare,
                    compile,
                    to.apply(log),
                    made);
        }

        /** Made otherwise. */
        Build made(Made other) {
            return new Build(
                    nevra,
                    release,
                    image,
                    imageSha256,
                    buildId,
                    packages,
                    compilerCache,
                    prepare,
                    compile,
                    log,
                    Optional.of(other));
        }
    }

    /**
     * A build root, by content.
     *
     * @param kind {@code host}, {@code container} or {@code mock}
     * @param digest of an image or a root directory
     * @param packages sha256 over the list of its packages
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Root(String kind, String name, Optional<String> digest, String packages, String compiler, String rpmbuild) {
        static Root of(RootIdentity root) {
            return new Root(root.kind(), root.name(), root.digest(), root.packages(), root.compiler(), root.rpmbuild());
        }
    }

    /** With what a build began. */
    enum How {
        /** The source package. */
        @JsonProperty("clean")
        CLEAN,
        /** The built tree of another variant. */
        @JsonProperty("incremental")
        INCREMENTAL,
        /** Packages that an earlier run built of the same inputs. */
        @JsonProperty("cached")
        CACHED
    }

    /**
     * How packages came to be. Bundles of earlier versions do not say: theirs were built clean.
     *
     * @param was how those of the cache were built; then only
     * @param from the variant whose built tree it began with
     * @param key of that tree, or of the packages in the cache
     * @param why it was not built from a tree that was there
     * @param root where rpmbuild ran; bundles of earlier versions do not say
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Made(
            How how,
            Optional<How> was,
            Optional<String> from,
            Optional<String> key,
            Optional<String> why,
            Optional<Root> root) {
        static Made clean(Optional<String> why) {
            return new Made(How.CLEAN, Optional.empty(), Optional.empty(), Optional.empty(), why, Optional.empty());
        }

        static Made incremental(String from, String key) {
            return new Made(
                    How.INCREMENTAL,
                    Optional.empty(),
                    Optional.of(from),
                    Optional.of(key),
                    Optional.empty(),
                    Optional.empty());
        }

        static Made cached(String key, Made first) {
            return new Made(
                    How.CACHED,
                    Optional.of(first.how()),
                    first.from(),
                    Optional.of(key),
                    Optional.empty(),
                    first.root());
        }

        /** Made in {@code where}. */
        Made in(Root where) {
            return new Made(how, was, from, key, why, Optional.of(where));
        }

        /** For a person. */
        String words() {
            return switch (how) {
                case CLEAN -> "clean" + why.map(reason -> " (" + reason + ")").orElse("");
                case INCREMENTAL -> "incremental, in the built tree of " + from.orElse("another variant");
                case CACHED ->
                    "cached, built "
                            + (was.filter(How.INCREMENTAL::equals).isPresent()
                                    ? "incremental, in the built tree of " + from.orElse("another variant")
                                    : "clean");
            };
        }
    }

    /** One RPM. */
    record Package(String nevra, String file, String sha256, long size) {}

    /** How far a variant got, and the lines that say why. */
    record Failure(String stage, List<String> lines) {}

    /** Installed in the guest by its own package manager. */
    record Install(String manager, Duration elapsed, String console) {}

    /** One trial, with the proof of what booted. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TrialRecord(
            Trial trial,
            Optional<BootProof> booted,
            Optional<String> unexplained,
            SortedMap<String, String> measured,
            String qemu,
            Instant ended) {}
}
