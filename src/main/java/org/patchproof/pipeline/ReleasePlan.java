package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.patchproof.files.FileDigest;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.Cell;
import org.patchproof.plan.GuestSpec;
import org.patchproof.plan.KernelSpec;
import org.patchproof.plan.Plan;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;
import org.patchproof.release.GateRequest;
import org.patchproof.release.PatchDigest;
import org.patchproof.release.RefusedException;
import org.patchproof.release.SigningKey;
import org.patchproof.release.VersionOrder.Evr;
import org.patchproof.verdict.Standard;

/**
 * What a request comes to, checked as far as specs and patches tell.
 *
 * @param series the fix alone
 * @param instrumentation what the variant has beside it
 */
record ReleasePlan(
        BugSpec bug,
        KernelSpec kernel,
        VariantSpec variant,
        GuestSpec guest,
        PatchSeries series,
        List<PatchDigest> instrumentation,
        ReleaseOptions options) {

    /**
     * @throws RefusedException when the variant has nothing to ship, or its traces would not be found even
     *     where they are
     */
    static ReleasePlan of(Plan plan, Cell cell, ReleaseRequest request) throws IOException {
        VariantSpec variant = cell.variants().stream()
                .filter(one -> one.name().equals(request.variant()))
                .findFirst()
                .orElseThrow();
        if (variant.ships().isEmpty()) {
            throw new RefusedException(
                    cell.kernel().name() + " " + variant.name() + " has nothing to ship"
                            + (variant.role() == VariantRole.CONTROL ? ": it is the control" : ""),
                    "Name its fix in the bug's YAML (ship: [...]). Where the source has the fix already, or trials take"
                            + " it out first, there is nothing to release.");
        }
        List<PatchDigest> instrumentation = instrumentation(plan.bug(), variant);
        if (plan.bug().customer().isEmpty()
                && request.options().customer().untried().isEmpty()) {
            throw new RefusedException(
                    "how customers use " + cell.kernel().name() + " is not known: "
                            + plan.bug().name() + " has no section customer:",
                    "Let customer: in the bug's YAML name scripts that need no instrumentation (docs/bugs.md), or say"
                            + " --without-customer-trial REASON.");
        }
        List<Patch> patches = new ArrayList<>();
        for (Path file : variant.ships()) {
            try {
                patches.add(PatchReader.read(file));
            } catch (PatchFormatException e) {
                throw new WrongRequestException(e.getMessage(), "Mend it: ./patchproof check " + file, e);
            }
        }
        return new ReleasePlan(
                plan.bug(),
                cell.kernel(),
                variant,
                cell.guest(),
                new PatchSeries(variant.name(), patches),
                instrumentation,
                request.options());
    }

    /**
     * What is tried and not shipped. Each patch of it leaves a trace, so that it is seen not to be in what ships: one
     * that leaves none may be half of the fix. A misspelt trace is found nowhere, and would prove anything.
     */
    private static List<PatchDigest> instrumentation(BugSpec bug, VariantSpec variant) throws IOException {
        StringBuilder added = new StringBuilder();
        List<String> untraced = new ArrayList<>();
        List<PatchDigest> instrumentation = new ArrayList<>();
        for (Path file : variant.patches()) {
            if (!variant.ships().contains(file)) {
                String lines = added(file);
                String name = file.getFileName().toString();
                if (bug.traces().stream().noneMatch(lines::contains)) {
                    untraced.add(name);
                }
                added.append(lines);
                instrumentation.add(new PatchDigest(name, FileDigest.sha256(file)));
            }
        }
        List<String> unknown =
                bug.traces().stream().filter(trace -> added.indexOf(trace) < 0).toList();
        if (!added.isEmpty() && !unknown.isEmpty()) {
            throw new RefusedException(
                    "no instrumentation of " + variant.name() + " adds " + String.join(", ", unknown)
                            + ": looking for that would find nothing, whatever is shipped",
                    "Let traces: in the bug's YAML name what the instrumentation adds.");
        }
        if (!untraced.isEmpty()) {
            throw new RefusedException(
                    variant.name() + " is tried with " + String.join(", ", untraced)
                            + ", which is not shipped and adds none of " + String.join(", ", bug.traces()),
                    "Ship it (ship: in the bug's YAML) if it is part of the fix; let traces: name a word that it adds if"
                            + " it is instrumentation. What takes a fix out that the source has is neither: then there"
                            + " is nothing to release.");
        }
        return instrumentation;
    }

    private static String added(Path patch) throws IOException {
        return Files.readString(patch, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("+"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    List<PatchDigest> ships() {
        return series.patches().stream()
                .map(patch -> new PatchDigest(patch.name(), patch.sha256()))
                .toList();
    }

    GateRequest gate(String source) {
        Standard standard = new Standard(options.confidence(), Standard.USUAL.residual());
        return new GateRequest(
                bug.name(),
                kernel.name(),
                variant.name(),
                source,
                kernel.buildDigest(),
                ships(),
                instrumentation,
                standard);
    }

    /** As {@code .netdev_leak}. */
    String suffix() {
        return options.suffix().orElse("." + bug.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"));
    }

    /** Of the repository, as {@code patchproof-netdev-leak-el7-3.10.0-693}. */
    String repositoryId() {
        return "patchproof-" + bug.name() + "-" + kernel.name();
    }

    List<String> changelog() {
        String commit = bug.fixedBy().map(c -> " (upstream " + c + ")").orElse("");
        String ticket = options.ticket().map(t -> " [" + t + "]").orElse("");
        List<String> lines = new ArrayList<>(List.of("Fix: " + bug.title() + commit + ticket));
        series.patches().forEach(patch -> lines.add(patch.name() + " sha256 " + patch.sha256()));
        return lines;
    }

    /** The vendor's next ones, as they were named. */
    List<Evr> next(Evr broken) {
        List<Evr> next = new ArrayList<>();
        for (String one : options.next()) {
            int hyphen = one.lastIndexOf('-');
            try {
                next.add(new Evr(broken.epoch(), one.substring(0, Math.max(0, hyphen)), one.substring(hyphen + 1)));
            } catch (IllegalArgumentException e) {
                throw new WrongRequestException("--next " + one, "Write version-release, as 3.10.0-693.1.1.el7.", e);
            }
        }
        return next;
    }

    /**
     * Digest of all that decides the builds: what was built under another is not used.
     *
     * @param source sha256 of the vendor's package
     * @param root what the build root is made of: papers tell of one only
     */
    String key(String source, SigningKey key, String root) {
        List<String> parts = List.of(
                "release 2",
                Verification.version(),
                source,
                kernel.buildDigest(),
                suffix(),
                series.digest(),
                String.join("\n", bug.traces()),
                String.join("\n", changelog()),
                options.packager().orElse(key.user()),
                options.date().map(Object::toString).orElse(""),
                root);
        return FileDigest.sha256(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }
}
