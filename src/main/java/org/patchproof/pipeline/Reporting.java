package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.report.Findings;
import org.patchproof.report.HtmlReport;
import org.patchproof.report.JunitXml;
import org.patchproof.report.KcidbJson;
import org.patchproof.report.MarkdownSummary;

/**
 * Bundles -> one report in all formats. Verdicts are judged anew from the trials in the bundles; none
 * is copied.
 */
public final class Reporting {
    private Reporting() {}

    /** Writes one file. */
    private interface Content {
        void write(Writer out) throws IOException;
    }

    /**
     * Reads, merges, judges and writes {@code index.html}, {@code junit.xml}, {@code kcidb.json} and
     * {@code summary.md}. Each file appears whole or not at all.
     *
     * @throws WrongRequestException when no bundle can be found or read, or the plan cannot
     * @throws UncheckedIOException when the disk fails
     */
    public static ReportResult report(ReportRequest request) {
        try {
            List<Path> directories = BundleFinder.find(request.places());
            Merge merge = Merge.of(directories);
            if (merge.runs().isEmpty()) {
                throw new WrongRequestException(
                        String.join("\n", merge.problems()), "None of the bundles can be read; nothing was written.");
            }
            Optional<Expectation> expected = request.expected().isPresent()
                    ? Optional.of(Expectation.read(request.expected().get()))
                    : Optional.empty();
            Path out = Files.createDirectories(request.out()).toRealPath();
            Findings findings = FindingsOfMerge.of(merge, expected, out);
            return new ReportResult(findings, write(findings, out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> write(Findings findings, Path out) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(write(out.resolve("index.html"), writer -> HtmlReport.render(findings, writer)));
        files.add(write(out.resolve("junit.xml"), writer -> writer.write(JunitXml.render(findings))));
        files.add(write(out.resolve("kcidb.json"), writer -> writer.write(KcidbJson.render(findings))));
        files.add(write(out.resolve("summary.md"), writer -> writer.write(MarkdownSummary.render(findings))));
        return files;
    }

    private static Path write(Path file, Content content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                content.write(writer);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }
}
