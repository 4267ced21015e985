package org.patchproof.pipeline;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.build.AssembledSource;
import org.patchproof.pipeline.ReleaseOptions.Waiver;
import org.patchproof.pipeline.Releasing.Builds;
import org.patchproof.pipeline.SignedStage.Signed;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildSpec;
import org.patchproof.plan.TriageSpec;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.Compatibility.Difference;
import org.patchproof.release.CustomerTrial;
import org.patchproof.release.Dsse;
import org.patchproof.release.Gate;
import org.patchproof.release.Gpg;
import org.patchproof.release.Proof;
import org.patchproof.release.Provenance;
import org.patchproof.release.Refusal;
import org.patchproof.release.ReleaseFacts;
import org.patchproof.release.ReleaseNote;
import org.patchproof.release.ReleaseWork;
import org.patchproof.release.ReleasedPackage;
import org.patchproof.release.Repository;
import org.patchproof.release.Sbom;
import org.patchproof.release.SigningKey;
import org.patchproof.release.VersionOrder.Row;
import org.patchproof.report.ReleasePage;

/** Packages -> the release's directory: signed, indexed, with papers; at its place by one rename. */
final class ReleaseAssembly {
    private final CommandRunner runner;
    private final Gpg gpg;
    private final SigningKey key;
    private final ReleaseRequest request;
    private final ReleasePlan asked;
    private final ReleaseRoot root;
    private final ReleaseWork work;
    private final Steps steps;

    ReleaseAssembly(
            CommandRunner runner,
            Gpg gpg,
            SigningKey key,
            ReleaseRequest request,
            ReleasePlan asked,
            ReleaseRoot root,
            ReleaseWork work,
            Steps steps) {
        this.runner = runner;
        this.gpg = gpg;
        this.key = key;
        this.request = request;
        this.asked = asked;
        this.root = root;
        this.work = work;
        this.steps = steps;
    }

    /** The papers are begun anew each time: seconds, and nothing half-signed is ever taken up. */
    ReleaseResult assemble(AssembledSource vendor, Gate.Outcome gate, Builds builds)
            throws IOException, InterruptedException {
        Path staging = work.staging();
        Path publicKey = staging.resolve(Repository.KEY);
        SignedStage stage = new SignedStage(runner, gpg, key, request, asked, work, steps);
        Signed signed = stage.into(staging, builds);
        List<ReleasedPackage> packages = signed.packages();
        Optional<String> untried =
                untried(request.options(), stage.refused(builds).all());
        ReleaseFacts facts = facts(vendor, gate, builds, packages, new ReleaseFacts.Tried(signed.trial(), untried));
        steps.run(
                "",
                Step.PAPERS,
                "",
                Optional.empty(),
                progress -> {
                    papers(facts, gate, builds, staging, publicKey);
                    return staging;
                },
                done -> "");
        Path published = work.publish(staging);
        return new ReleaseResult(
                published,
                packages,
                builds.versions().stream().map(Row::toString).toList(),
                builds.differences().stream().map(Difference::toString).toList(),
                signed.trial(),
                code(gate, request.options()));
    }

    /** Released without proof, or untried, is no success, unless that was said twice. */
    static ExitCode code(Gate.Outcome gate, ReleaseOptions options) {
        boolean proved =
                gate.open() || options.unproved().filter(Waiver::insists).isPresent();
        boolean tried = options.customer().untried().map(Waiver::insists).orElse(true);
        return proved && tried ? ExitCode.HOPED : ExitCode.SAYS_NO;
    }

    private void papers(ReleaseFacts facts, Gate.Outcome gate, Builds builds, Path staging, Path publicKey)
            throws IOException {
        Path papers = Files.createDirectories(staging.resolve("papers"));
        Dsse.seal(Provenance.of(facts), gpg, key, publicKey, papers.resolve("provenance.json"));
        Files.write(papers.resolve("sbom.cdx.json"), Sbom.of(facts));
        Files.writeString(papers.resolve("kernel.spec.diff"), builds.source().diff());
        evidence(gate, papers.resolve("evidence"));
        String id = asked.repositoryId();
        String base = request.options()
                .base()
                .orElse("file://" + request.out().toAbsolutePath().normalize());
        Files.writeString(
                staging.resolve(id + ".repo"),
                Repository.repoFile(id, asked.bug().title(), base));
        Files.writeString(staging.resolve("RELEASE.md"), ReleaseNote.of(facts, id, base));
        try (Writer page = Files.newBufferedWriter(staging.resolve("index.html"))) {
            ReleasePage.render(page(facts, id, base), page);
        }
        new Repository(runner, gpg).signed(key, publicKey, Repository.sums(staging));
    }

    /** The report of the bundles that opened the gate, or lacked least. */
    private void evidence(Gate.Outcome gate, Path target) throws IOException {
        Optional<Proof> proof = gate.proof();
        if (proof.isEmpty()) {
            return;
        }
        for (ProofFinder.Found found : ProofFinder.find(request.proofs()).found()) {
            if (found.proof().equals(proof.get())) {
                Reporting.report(new ReportRequest(found.directories(), target, Optional.empty()));
            }
        }
    }

    /** Why it was not tried; and that it was, before, and what came out. */
    private static Optional<String> untried(ReleaseOptions options, List<String> refused) {
        String before = refused.isEmpty()
                ? ""
                : " (tried before, these packages were refused: " + String.join("; ", refused) + ")";
        return options.customer().untried().map(waiver -> waiver.reason() + before);
    }

    private ReleaseFacts facts(
            AssembledSource vendor,
            Gate.Outcome gate,
            Builds builds,
            List<ReleasedPackage> packages,
            ReleaseFacts.Tried tried)
            throws IOException {
        BuildSpec build = asked.kernel().build();
        return new ReleaseFacts(
                new ReleaseFacts.Subject(
                        asked.bug().name(),
                        asked.bug().title(),
                        asked.bug().references(),
                        asked.bug().fixedBy(),
                        request.kernel(),
                        request.variant(),
                        asked.bug().triage().map(ReleaseAssembly::affected).orElse(List.of())),
                new ReleaseFacts.Source(
                        vendor.nevra(), vendor.srpm().getFileName().toString(), vendor.sha256(), vendor.how()),
                asked.ships(),
                new ReleaseFacts.Changelog(
                        builds.date(),
                        request.options().packager().orElse(key.user()),
                        asked.changelog(),
                        asked.suffix()),
                new ReleaseFacts.Proven(
                        gate.proof(),
                        gate.open()
                                ? Optional.empty()
                                : request.options().unproved().map(Waiver::reason),
                        gate.refusals().stream().map(Refusal::what).toList(),
                        request.options().confidence()),
                new ReleaseFacts.Checked(
                        asked.bug().traces(),
                        builds.fixed().traces().files(),
                        builds.versions().stream().map(Row::toString).toList(),
                        builds.differences().stream().map(Difference::toString).toList(),
                        request.options().allowed(),
                        builds.fixed().facts().hasCrcs(),
                        List.of("built twice, in two directories: equal bit for bit")),
                tried,
                new ReleaseFacts.Built(
                        builds.fixed().uname(),
                        new ReleaseFacts.BuildOptions(
                                build.packageName(),
                                build.dependencies() == BuildDependencies.NOT_CHECKED,
                                build.defines(),
                                build.with(),
                                build.without()),
                        root.tools(),
                        HostFacts.withoutGuests().record().os(),
                        root.facts(),
                        root.installed(),
                        builds.started(),
                        Instant.now()),
                packages,
                key);
    }

    private static List<String> affected(TriageSpec triage) {
        return triage.affected().stream()
                .map(one -> "kernels " + one.kernels() + ", before " + one.fixed())
                .toList();
    }

    private static ReleasePage.Model page(ReleaseFacts facts, String id, String base) {
        String nevra = facts.kernelPackage().nevra();
        return new ReleasePage.Model(
                nevra,
                facts.subject().title(),
                facts.proven().without(),
                facts.proven().without().isPresent()
                        ? "not proved"
                        : facts.proven().proof().map(Proof::verdict).orElse(""),
                facts.proven().proof().map(Proof::explanation).orElse("There is no proof."),
                facts.tried().without(),
                facts.tried().trial().map(CustomerTrial::words),
                facts.key().fingerprint(),
                List.of(
                        "curl -o /etc/yum.repos.d/" + id + ".repo " + base + "/" + id + ".repo",
                        "yum install " + nevra,
                        "reboot"),
                List.of("yum remove " + nevra, "rm /etc/yum.repos.d/" + id + ".repo"),
                facts.checked().versions(),
                facts.checked().differences(),
                links(facts, id),
                facts.packages().stream()
                        .map(one -> new ReleasePage.File("repo/" + one.file(), one.sha256()))
                        .toList());
    }

    private static List<String> links(ReleaseFacts facts, String id) {
        List<String> links = new ArrayList<>(
                List.of("RELEASE.md", "papers/provenance.json", "papers/sbom.cdx.json", "papers/kernel.spec.diff"));
        facts.proven().proof().ifPresent(proof -> links.add("papers/evidence/index.html"));
        facts.tried().trial().ifPresent(trial -> links.add("customer/customer.json"));
        links.addAll(List.of(id + ".repo", Repository.KEY, "SHA256SUMS", "SHA256SUMS.asc"));
        return links;
    }
}
