package org.patchproof.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;

/**
 * What some evidence bundles show together: all that the renderers know. Text in it comes from
 * patches, kernels and guests, and is not to be trusted.
 *
 * @param bundles where it comes from, oldest first
 * @param cells kernels with their variants, in the order in which they are shown
 * @param problems bundles that could not be read, cells that nobody tried: each in words
 * @param outcome what all of it comes to
 * @param patches every patch of {@code cells}, by its sha256; its text is empty where no bundle has it
 */
public record Findings(
        List<Bundle> bundles,
        List<Cell> cells,
        List<String> problems,
        Outcome outcome,
        Map<String, Optional<String>> patches) {

    public Findings {
        bundles = List.copyOf(bundles);
        cells = List.copyOf(cells);
        problems = List.copyOf(problems);
        patches = Map.copyOf(patches);
    }

    /** Every variant of every cell. */
    public Stream<Variant> variants() {
        return cells.stream().flatMap(cell -> cell.variants().stream());
    }

    /**
     * What a verdict, or all of them, means for who asked.
     *
     * @param hope in one word
     * @param code the exit code of a program that found this
     * @param meaning in a few words
     */
    public record Outcome(Hope hope, int code, String meaning) {}

    /** Whether it is what one hopes for. */
    public enum Hope {
        /** A control that reproduces, a candidate that fixes. */
        HOPED,
        /** A verdict against a kernel or a patch. */
        SAYS_NO,
        /** Tried, and nothing may be concluded. */
        INCONCLUSIVE,
        /** We failed, or nobody tried. */
        TROUBLE
    }

    /**
     * A bundle.
     *
     * @param id the run's name
     * @param digest sha256 of its run.json
     * @param link its directory as seen from the report, with slashes and a slash at its end; empty
     *     where there is no such way
     * @param state {@code running} or {@code finished}
     */
    public record Bundle(
            String id,
            String digest,
            String link,
            String patchproof,
            String state,
            Instant started,
            Instant updated,
            String host,
            String acceleration,
            double confidence) {}

    /**
     * A kernel under one set of conditions; arms in it may be compared.
     *
     * @param bug the bug that was provoked
     * @param kernel the kernel's name
     * @param label the kernel's name, with what sets this cell off where several are of one kernel
     * @param conditions what was equal for all arms, in words
     * @param notes what a reader must know of how it was put together
     * @param variants the control first, if there is one
     */
    public record Cell(
            String bug,
            String kernel,
            String label,
            Optional<Source> source,
            Optional<Guest> guest,
            List<String> conditions,
            List<String> notes,
            List<Variant> variants) {
        public Cell {
            conditions = List.copyOf(conditions);
            notes = List.copyOf(notes);
            variants = List.copyOf(variants);
        }
    }

    /** The source package. */
    public record Source(String nevra, String file, String sha256, String how) {}

    /** What the trials ran in. */
    public record Guest(
            String name, String digest, String diskSha256, int cpus, long memoryBytes, List<String> kernelArguments) {}

    /**
     * A variant: its verdict and the evidence.
     *
     * @param outcome what the verdict means for who asked
     * @param trouble what failed on our side, if that is why nothing is concluded
     * @param patches its series, in order
     * @param builds one for each bundle that has it
     * @param lines why it did not come to trials: of the compiler, the package manager, the console
     */
    public record Variant(
            String name,
            VerdictTable.Role role,
            Verdict verdict,
            Outcome outcome,
            Optional<String> trouble,
            List<Patch> patches,
            List<Build> builds,
            List<Trial> trials,
            List<String> lines) {
        public Variant {
            patches = List.copyOf(patches);
            builds = List.copyOf(builds);
            trials = List.copyOf(trials);
            lines = List.copyOf(lines);
        }

        /** What its own trials count. */
        public Numbers.Count own() {
            Numbers numbers = verdict.numbers();
            return role == VerdictTable.Role.CONTROL ? numbers.control() : numbers.candidate();
        }

        /** Wall time of all its builds. */
        public Duration buildTime() {
            return builds.stream().map(Build::elapsed).reduce(Duration.ZERO, Duration::plus);
        }

        /** Wall time of all its trials. */
        public Duration trialTime() {
            return trials.stream().map(Trial::elapsed).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /** A patch by its name and the sha256 of its file. */
    public record Patch(String name, String sha256) {}

    /**
     * How one bundle made this variant's packages, as far as it came.
     *
     * @param bundle its id
     * @param custody what is missing in the chain from source to running kernel; empty when it is whole
     */
    public record Build(
            String bundle,
            Optional<Injection> injection,
            Optional<Proof> proof,
            Optional<Packages> packages,
            Optional<String> installedBy,
            Duration elapsed,
            List<String> custody) {
        public Build {
            custody = List.copyOf(custody);
        }
    }

    /** What was done to the spec; the diff's text where the bundle has it. */
    public record Injection(String dialect, List<String> explanation, Optional<String> diff) {}

    /** That the prepared tree carries the series. */
    public record Proof(
            String seriesDigest, String baseDigest, List<String> files, List<String> hunks, List<String> notes) {}

    /**
     * What rpmbuild made.
     *
     * @param log as seen from the bundle
     * @param made with what the build began, in words: clean, incremental or cached
     */
    public record Packages(
            String release,
            String imageSha256,
            Optional<String> buildId,
            List<Package> packages,
            String log,
            String made) {}

    /** One RPM. */
    public record Package(String nevra, String sha256, long size) {}

    /**
     * A trial.
     *
     * @param number its number in its arm; counted on where arms of several bundles are put together
     * @param bundle the bundle's id
     * @param ownNumber its number in that bundle
     * @param outcome how it ended
     * @param booted what the guest said of the kernel it ran
     * @param console its console log as seen from the bundle; empty when there is none
     * @param moments what the picture of it shows, by console line
     * @param excerpt lines of the console around them
     */
    public record Trial(
            int number,
            String bundle,
            int ownNumber,
            String outcome,
            int exposures,
            String detail,
            Duration elapsed,
            Instant ended,
            List<String> faults,
            Optional<Booted> booted,
            String console,
            List<Moment> moments,
            List<Line> excerpt) {
        public Trial {
            faults = List.copyOf(faults);
            moments = List.copyOf(moments);
            excerpt = List.copyOf(excerpt);
        }
    }

    /** What a guest said of the kernel it ran. */
    public record Booted(String release, String nevra, Optional<String> buildId, List<String> missing) {}

    /**
     * Something that happened in a trial.
     *
     * @param at since provoking began
     * @param line in the console
     */
    public record Moment(Kind kind, Duration at, long line, String text) {
        /** What happened. */
        public enum Kind {
            BEGIN,
            EXPOSURE,
            TEARDOWN,
            GONE,
            SYMPTOM,
            FAULT
        }
    }

    /** A line of a console. */
    public record Line(long number, String text, Weight weight) {
        /** Whether the line itself counts, or shows what stands around one that does. */
        public enum Weight {
            COUNTS,
            AROUND
        }
    }
}
