package org.patchproof.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.patchproof.plan.VariantRole;
import org.patchproof.report.Findings;
import org.patchproof.report.VerdictTable;

/** Source, guest and builds of a bundle, in the words of the report room. */
final class PartsInWords {
    private PartsInWords() {}

    static VerdictTable.Role role(VariantRole role) {
        return role == VariantRole.CONTROL ? VerdictTable.Role.CONTROL : VerdictTable.Role.CANDIDATE;
    }

    static Findings.Source source(RunRecord.Source source) {
        return new Findings.Source(source.nevra(), source.file(), source.sha256(), source.how());
    }

    static Findings.Guest guest(RunRecord.Guest guest) {
        return new Findings.Guest(
                guest.name(),
                guest.digest(),
                guest.diskSha256(),
                guest.cpus(),
                guest.memoryBytes(),
                guest.kernelArguments());
    }

    static Findings.Build build(MergedVariant.Held held) {
        RunRecord.VariantRecord variant = held.part().variant();
        Path bundle = held.part().run().directory();
        Duration elapsed = variant.build()
                .map(build -> build.prepare().plus(build.compile()))
                .orElse(Duration.ZERO);
        return new Findings.Build(
                held.part().run().id(),
                variant.injection()
                        .map(done -> new Findings.Injection(
                                done.dialect(), done.explanation(), BundleFiles.text(bundle, done.specDiff()))),
                variant.proof()
                        .map(proof -> new Findings.Proof(
                                proof.seriesDigest(), proof.baseDigest(), proof.files(), proof.hunks(), proof.notes())),
                variant.build().map(PartsInWords::packages),
                variant.install().map(RunRecord.Install::manager),
                elapsed,
                variant.failure().isPresent() && variant.trials().isEmpty()
                        ? java.util.List.of()
                        : held.custody().missing());
    }

    private static Findings.Packages packages(RunRecord.Build build) {
        return new Findings.Packages(
                build.release(),
                build.imageSha256(),
                build.buildId(),
                build.packages().stream()
                        .map(rpm -> new Findings.Package(rpm.nevra(), rpm.sha256(), rpm.size()))
                        .toList(),
                build.log(),
                build.made().map(RunRecord.Made::words).orElse("clean"));
    }

    static Optional<Findings.Booted> booted(RunRecord.TrialRecord record) {
        return record.booted()
                .map(proof -> new Findings.Booted(proof.release(), proof.nevra(), proof.buildId(), proof.missing()));
    }
}
