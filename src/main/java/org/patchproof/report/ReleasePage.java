package org.patchproof.report;

import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** The page of a release for people: what it is, how to install it, what was proved, all its files. */
public final class ReleasePage {
    private ReleasePage() {}

    /** A row: a file and its digest. */
    public record File(String path, String sha256) {}

    /**
     * What is shown.
     *
     * @param title the package
     * @param subject what was broken
     * @param warning what a reader must know first, as that there is no proof
     * @param proof the verdict with its numbers
     * @param untried why it was not tried as a customer would
     * @param tried what a customer's machine showed; empty when it was not tried
     * @param fingerprint of the signing key
     * @param install commands, a line each
     * @param back commands, a line each
     * @param versions the table of versions, a line each
     * @param differences what changes for others, a line each
     * @param links papers: address below the page
     */
    public record Model(
            String title,
            String subject,
            Optional<String> warning,
            String verdict,
            String proof,
            Optional<String> untried,
            Optional<String> tried,
            String fingerprint,
            List<String> install,
            List<String> back,
            List<String> versions,
            List<String> differences,
            List<String> links,
            List<File> files) {

        List<String> warnings() {
            return warning.stream().toList();
        }

        List<String> doubts() {
            return untried.stream().toList();
        }

        List<String> trials() {
            return tried.stream().toList();
        }

        String installation() {
            return String.join("\n", install);
        }

        String wayBack() {
            return String.join("\n", back);
        }

        String order() {
            return String.join("\n", versions);
        }

        boolean hasDifferences() {
            return !differences.isEmpty();
        }
    }

    /** Writes the page to {@code out}, which is not closed. */
    public static void render(Model model, Writer out) {
        HtmlReport.template("release").execute(model, out);
    }
}
