package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.pipeline.CustomerStage.Memory;
import org.patchproof.pipeline.Releasing.Builds;
import org.patchproof.plan.Reproduction;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.CustomerTrial;
import org.patchproof.release.Gpg;
import org.patchproof.release.PackageSigning;
import org.patchproof.release.ReleaseWork;
import org.patchproof.release.ReleasedPackage;
import org.patchproof.release.Repository;
import org.patchproof.release.SigningKey;
import org.patchproof.release.TamperedCopies;
import org.patchproof.release.TamperedCopies.RepoFile;
import org.patchproof.repro.CustomerGuest.Offer;

/**
 * Packages -> the signed repository, tried as a customer would. One step: what was tried is, byte by byte, what is
 * published, and a repository of which the trial did not say that it may be is not kept.
 */
final class SignedStage {
    /** Where the trial's papers are, below the release. */
    static final String CUSTOMER = "customer";

    /** Where a job's disk is mounted in a guest. */
    private static final String JOB = "file:///run/job";

    private final CommandRunner runner;
    private final Gpg gpg;
    private final SigningKey key;
    private final ReleaseRequest request;
    private final ReleasePlan asked;
    private final ReleaseWork work;
    private final Steps steps;

    SignedStage(
            CommandRunner runner,
            Gpg gpg,
            SigningKey key,
            ReleaseRequest request,
            ReleasePlan asked,
            ReleaseWork work,
            Steps steps) {
        this.runner = runner;
        this.gpg = gpg;
        this.key = key;
        this.request = request;
        this.asked = asked;
        this.work = work;
        this.steps = steps;
    }

    /** The signed packages, and what the trial showed: empty when it was left out. */
    record Signed(List<ReleasedPackage> packages, Optional<CustomerTrial> trial) {}

    /** Done once; put into {@code staging}: repo/, the public key, and customer/ where there was a trial. */
    Signed into(Path staging, Builds builds) throws IOException, InterruptedException {
        RefusedTrials refused = refused(builds);
        if (request.options().customer().untried().isEmpty()) {
            refused.requireNone(RefusedTrials.ANYHOW);
        }
        Optional<CustomerHost> host = request.options().customer().untried().isPresent()
                ? Optional.empty()
                : Optional.of(steps.run(
                        "",
                        Step.GUEST,
                        asked.guest().name(),
                        Optional.empty(),
                        progress -> CustomerHost.ready(runner, request, asked, progress),
                        made -> made.image().digest().substring(0, 12)));
        String conditions = digest(host).substring(0, 16);
        if (host.isPresent()) {
            refused.requireNone(conditions);
        }
        String name = "signed-" + conditions;
        if (host.isPresent() && work.has(name, Signed.class)) {
            steps.note("signed and tried before");
        }
        Signed signed = work.once(name, Signed.class, folder -> {
            boolean kept = false;
            try {
                Signed done = make(folder, builds, host, new Memory(refused, conditions));
                kept = true;
                return done;
            } finally {
                if (!kept) {
                    Trees.delete(folder);
                }
                Trees.delete(work.scratch(CUSTOMER));
            }
        });
        Trees.link(work.folder(name).resolve("release"), staging);
        return signed;
    }

    /** Of all that decides what is done here, beside the builds. */
    private String digest(Optional<CustomerHost> host) throws IOException {
        List<String> parts = new ArrayList<>(List.of("signed 1", key.fingerprint()));
        if (host.isPresent()) {
            Reproduction reproduction = asked.bug().customer().orElseThrow();
            parts.add(host.get().image().digest());
            parts.add(host.get().acceleration());
            parts.add(asked.bug().evidence().toString());
            parts.add(reproduction.toString());
            try (Stream<Path> files = Files.list(reproduction.begin().getParent())) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    parts.add(file.getFileName() + " " + FileDigest.sha256(file));
                }
            }
        }
        return FileDigest.sha256(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** What trials before said of these packages: for this release, or another one on this host. */
    RefusedTrials refused(Builds builds) throws IOException {
        return RefusedTrials.of(
                List.of(work.refused(), request.cacheDirectory().resolve("refused")), builds.packages());
    }

    private Signed make(Path folder, Builds builds, Optional<CustomerHost> host, Memory memory)
            throws IOException, InterruptedException {
        Path release = Files.createDirectories(folder.resolve("release"));
        List<ReleasedPackage> packages = steps.run(
                "",
                Step.SIGN,
                key.id(),
                Optional.empty(),
                progress -> sign(release, builds),
                signed -> signed.size() + " packages, each verified");
        if (host.isEmpty()) {
            return new Signed(packages, Optional.empty());
        }
        Path consoles = work.log(CUSTOMER).resolveSibling(CUSTOMER);
        Path scratch = work.scratch(CUSTOMER);
        Trees.delete(scratch);
        CustomerTrial trial = steps.run(
                "",
                Step.CUSTOMER,
                host.get().guest(),
                Optional.empty(),
                progress -> new CustomerStage(runner, asked, host.get(), memory, consoles, scratch)
                        .run(builds.kernels(), offer(scratch, release, builds), progress),
                done -> done.refused().size() + " kinds of tampering refused, "
                        + done.traffic().seconds() + " s of traffic, and back");
        Trees.link(consoles, release.resolve(CUSTOMER));
        trial.write(release.resolve(CUSTOMER).resolve("customer.json"));
        return new Signed(packages, Optional.of(trial));
    }

    private List<ReleasedPackage> sign(Path release, Builds builds) throws IOException {
        Path publicKey = release.resolve(Repository.KEY);
        gpg.exportPublic(key, publicKey);
        Path repo = Files.createDirectories(release.resolve("repo"));
        List<Path> all = new ArrayList<>(builds.packages());
        all.add(builds.sourcePackage());
        List<ReleasedPackage> packages = new PackageSigning(runner, gpg).sign(key, publicKey, all, repo);
        Instant made = builds.date().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        new Repository(runner, gpg).index(repo, made, key, publicKey);
        return packages;
    }

    /** The release as a guest without a network finds it, and copies of it that were tampered with. */
    private Offer offer(Path scratch, Path release, Builds builds) throws IOException {
        Path published = scratch.resolve("published");
        Path tampered = scratch.resolve("tampered");
        Trees.link(release, published);
        String id = asked.repositoryId();
        Files.writeString(
                published.resolve(id + ".repo"),
                Repository.repoFile(id, asked.bug().title(), JOB + "/published"));
        Path unsigned = builds.kernels().released().packages().get(0);
        Path foreign = scratch.resolve("foreign.asc");
        gpg.sign(key, release.resolve(Repository.KEY), foreign);
        new TamperedCopies(
                        runner,
                        new TamperedCopies.Original(
                                published, unsigned.getFileName().toString(), unsigned, foreign))
                .make(tampered, new RepoFile(id, asked.bug().title(), JOB + "/published"), JOB + "/tampered");
        return new Offer(id, published, tampered, CustomerStage.kinds());
    }
}
