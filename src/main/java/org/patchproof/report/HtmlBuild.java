package org.patchproof.report;

import java.util.ArrayList;
import java.util.List;
import org.patchproof.report.Findings.Booted;
import org.patchproof.report.Findings.Build;
import org.patchproof.report.Findings.Trial;
import org.patchproof.report.Findings.Variant;

/** The chain of custody in one bundle: each link, from the spec to the kernel that ran. */
record HtmlBuild(
        String bundle, List<Link> links, List<String> missing, List<Diff> diff, List<String> explanation, String log) {

    /** A link of the chain; {@code sign} and {@code css} say whether it is there. */
    record Link(String sign, String css, String what, String value) {
        static Link there(String what, String value) {
            return new Link("\u2713", "ok", what, value);
        }

        static Link gone(String what) {
            return new Link("\u2717", "no", what, "missing");
        }
    }

    /** The diff of the spec. */
    record Diff(List<DiffLines.DiffLine> lines) {}

    static HtmlBuild of(Variant variant, Build build, HtmlContext context) {
        List<Link> links = new ArrayList<>();
        links.add(build.injection()
                .map(done -> Link.there("spec", "edited as " + done.dialect() + "; the diff is below"))
                .orElse(Link.gone("spec")));
        links.add(build.proof()
                .map(proof -> Link.there(
                        "prepared tree",
                        "carries the series " + brief(proof.seriesDigest()) + ": "
                                + Words.count(proof.hunks().size(), "hunk") + " in "
                                + Words.count(proof.files().size(), "file") + ", unpatched source "
                                + brief(proof.baseDigest())))
                .orElse(Link.gone("prepared tree")));
        build.packages()
                .ifPresentOrElse(
                        packages -> {
                            links.add(Link.there("built", packages.made()));
                            packages.packages()
                                    .forEach(rpm ->
                                            links.add(Link.there("package", rpm.nevra() + ", sha256 " + rpm.sha256())));
                            links.add(packages.buildId()
                                    .map(id -> Link.there("build-id", id))
                                    .orElse(Link.gone("build-id")));
                        },
                        () -> links.add(Link.gone("packages")));
        build.installedBy().ifPresent(manager -> links.add(Link.there("installed", "in the guest, by " + manager)));
        booted(variant, build).forEach(links::add);
        return new HtmlBuild(
                build.bundle(),
                links,
                build.custody(),
                build.injection()
                        .flatMap(Findings.Injection::diff)
                        .map(text -> List.of(new Diff(DiffLines.of(text))))
                        .orElse(List.of()),
                build.injection().map(Findings.Injection::explanation).orElse(List.of()),
                build.packages().map(p -> context.link(build.bundle(), p.log())).orElse(""));
    }

    /** What the guests said they ran: one line for each answer, with the trials that gave it. */
    private static List<Link> booted(Variant variant, Build build) {
        List<Link> links = new ArrayList<>();
        List<Trial> own = variant.trials().stream()
                .filter(trial -> trial.bundle().equals(build.bundle()))
                .toList();
        own.stream().flatMap(trial -> trial.booted().stream()).distinct().forEach(booted -> {
            String trials = String.join(
                    ", ",
                    own.stream()
                            .filter(trial ->
                                    trial.booted().filter(booted::equals).isPresent())
                            .map(trial -> Integer.toString(trial.number()))
                            .toList());
            links.add(link(booted, trials));
        });
        return links;
    }

    private static Link link(Booted booted, String trials) {
        String said = "uname -r " + booted.release() + ", rpm " + booted.nevra() + ", build-id "
                + booted.buildId().orElse("none") + " (trials " + trials + ")";
        return booted.missing().isEmpty()
                ? Link.there("what booted", said)
                : new Link("\u2717", "no", "what booted", said + ": " + String.join("; ", booted.missing()));
    }

    private static String brief(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }
}
