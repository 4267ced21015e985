package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** All that the papers of a release say, as one value: each paper tells a part of it, none another story. */
public record ReleaseFacts(
        Subject subject,
        Source source,
        List<PatchDigest> ships,
        Changelog changelog,
        Proven proven,
        Checked checked,
        Tried tried,
        Built built,
        List<ReleasedPackage> packages,
        SigningKey key) {

    /** What is mended. */
    public record Subject(
            String bug,
            String title,
            List<URI> references,
            Optional<String> fixedBy,
            String kernel,
            String variant,
            List<String> affected) {
        public Subject {
            references = List.copyOf(references);
            affected = List.copyOf(affected);
        }
    }

    /** The vendor's source package. */
    public record Source(String nevra, String file, String sha256, String how) {}

    /** What the package's changelog says, and the suffix that tells it from the vendor's. */
    public record Changelog(LocalDate date, String author, List<String> lines, String suffix) {
        public Changelog {
            lines = List.copyOf(lines);
        }
    }

    /**
     * How it was proved.
     *
     * @param proof empty when there is none
     * @param without why it is released all the same; empty when the gate was open
     * @param lacking what the gate missed
     */
    public record Proven(Optional<Proof> proof, Optional<String> without, List<String> lacking, double confidence) {
        public Proven {
            requireNonNull(proof);
            requireNonNull(without);
            lacking = List.copyOf(lacking);
        }
    }

    /** What was looked at before it was signed. */
    public record Checked(
            List<String> traces,
            long filesLookedThrough,
            List<String> versions,
            List<String> differences,
            SortedSet<String> allowed,
            boolean crcs,
            List<String> compared) {
        public Checked {
            traces = List.copyOf(traces);
            versions = List.copyOf(versions);
            differences = List.copyOf(differences);
            compared = List.copyOf(compared);
        }
    }

    /**
     * Whether it was tried as a customer would.
     *
     * @param trial empty when it was not
     * @param without why it was not; empty when it was
     */
    public record Tried(Optional<CustomerTrial> trial, Optional<String> without) {
        public Tried {
            if (trial.isPresent() == without.isPresent()) {
                throw new IllegalArgumentException("it was tried, or there is a reason why it was not");
            }
        }
    }

    /**
     * How and on what it was built.
     *
     * @param options of the kernel's YAML, as rpmbuild gets them
     * @param tools program -> version
     * @param host the system that patchproof ran on
     * @param root where rpmbuild ran: this host, or what was opened on it
     * @param installed packages of the build root, as package URLs
     */
    public record Built(
            String uname,
            BuildOptions options,
            Map<String, String> tools,
            String host,
            BuildRootFacts root,
            List<String> installed,
            Instant started,
            Instant finished) {
        public Built {
            tools = Map.copyOf(tools);
            requireNonNull(root);
            installed = List.copyOf(installed);
        }
    }

    /** What rpmbuild was told beside the source package. */
    public record BuildOptions(
            String packageName, boolean nodeps, Map<String, String> defines, List<String> with, List<String> without) {
        public BuildOptions {
            with = List.copyOf(with);
            without = List.copyOf(without);
        }
    }

    public ReleaseFacts {
        requireNonNull(subject);
        requireNonNull(source);
        ships = List.copyOf(ships);
        requireNonNull(changelog);
        requireNonNull(proven);
        requireNonNull(checked);
        requireNonNull(tried);
        requireNonNull(built);
        packages = List.copyOf(packages);
        requireNonNull(key);
    }

    /** The kernel's own package: the one that is named as the kernel's YAML says. */
    public ReleasedPackage kernelPackage() {
        return packages.stream()
                .filter(one -> !one.isSource())
                .filter(one -> one.nevra().startsWith(built.options().packageName() + "-"))
                .findFirst()
                .orElseThrow();
    }
}
