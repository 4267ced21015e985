package org.patchproof.release;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One page for people, in Markdown: what was broken, who is affected, the proof, how to install, how to go back. */
public final class ReleaseNote {
    private ReleaseNote() {}

    /**
     * The page.
     *
     * @param id of the repository
     * @param base the address of the release
     */
    public static String of(ReleaseFacts facts, String id, String base) {
        ReleasedPackage kernel = facts.kernelPackage();
        List<String> lines = new ArrayList<>();
        lines.add("# " + kernel.nevra());
        facts.proven().without().ifPresent(reason -> {
            lines.add("");
            lines.add("**Released without proof.** Reason given: " + reason);
            facts.proven().lacking().forEach(what -> lines.add("- lacking: " + what));
        });
        facts.tried().without().ifPresent(reason -> {
            lines.add("");
            lines.add("**Not tried as a customer would.** Reason given: " + reason);
        });
        section(lines, "What was broken");
        lines.add(facts.subject().title() + ".");
        facts.subject().fixedBy().ifPresent(commit -> lines.add("Fixed upstream by commit " + commit + "."));
        facts.subject().references().forEach(reference -> lines.add("- <" + reference + ">"));
        section(lines, "Who is affected");
        lines.add("Machines that run " + facts.source().nevra() + ", of which this is made.");
        facts.subject().affected().forEach(line -> lines.add("- " + line));
        section(lines, "What was done");
        lines.add("To the vendor's " + facts.source().nevra() + " (sha256 "
                + facts.source().sha256() + ") were added:");
        facts.ships().forEach(patch -> lines.add("- " + patch.name() + ", sha256 " + patch.sha256()));
        lines.add("");
        lines.add("That was built twice, clean, in " + facts.built().root().words()
                + facts.built()
                        .root()
                        .digest()
                        .map(digest -> " (" + digest + ")")
                        .orElse("")
                + "; the packages are equal bit for bit.");
        section(lines, "Proof");
        facts.proven().proof().ifPresentOrElse(proof -> proof(lines, proof, facts), () -> lines.add("None."));
        section(lines, "Tried as a customer would");
        lines.add(facts.tried()
                .trial()
                .map(trial -> trial.words() + " Figures and consoles are in customer/.")
                .orElse("No."));
        section(lines, "What else changes");
        lines.addAll(
                facts.checked().differences().isEmpty()
                        ? List.of("Nothing: exported symbols" + (facts.checked().crcs() ? " and their CRCs" : "")
                                + ", configuration, modules, Provides, Requires and scriptlets are those of the"
                                + " unfixed kernel.")
                        : facts.checked().differences().stream()
                                .map(line -> "- " + line)
                                .toList());
        install(lines, facts, id, base);
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static void proof(List<String> lines, Proof proof, ReleaseFacts facts) {
        lines.add(proof.verdict() + ": " + proof.trials().words() + ".");
        lines.add("");
        lines.add(proof.explanation());
        lines.add("");
        lines.add((facts.proven().without().isEmpty()
                        ? "Tried with this source package and these patches, plus an instrumentation that is not in what"
                                + " is shipped: "
                        : "That is of the bundle that comes nearest, and no proof of what is released: above is what it"
                                + " lacks. Of an instrumentation nothing is shipped: ")
                + facts.checked().filesLookedThrough()
                + " files of the built tree were looked through for "
                + String.join(", ", facts.checked().traces()) + ". The evidence is in papers/evidence/.");
    }

    private static void install(List<String> lines, ReleaseFacts facts, String id, String base) {
        section(lines, "To install");
        lines.add("Compare the key's fingerprint with one from a place you trust: `"
                + facts.key().fingerprint() + "`");
        lines.add("");
        lines.add("    curl -o /etc/yum.repos.d/" + id + ".repo " + base + "/" + id + ".repo");
        lines.add("    yum install " + facts.kernelPackage().nevra());
        lines.add("    reboot");
        section(lines, "To go back");
        lines.add("The old kernel stays installed. Boot it from the boot menu, then:");
        lines.add("");
        lines.add("    yum remove " + facts.kernelPackage().nevra());
        lines.add("    rm /etc/yum.repos.d/" + id + ".repo");
        section(lines, "To check");
        lines.add("    gpg --import " + Repository.KEY + " && gpg --verify SHA256SUMS.asc && sha256sum -c SHA256SUMS");
        lines.add("    patchproof rebuild papers/provenance.json");
    }

    private static void section(List<String> lines, String title) {
        lines.addAll(List.of("", "## " + title, ""));
    }
}
