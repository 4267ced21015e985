package org.patchproof.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.patchproof.pipeline.ReleaseRequest;
import org.patchproof.pipeline.ReleaseResult;
import org.patchproof.release.CustomerTrial;
import org.patchproof.report.Words;

/** What {@code patchproof release} says of a release, to people and to programs. */
final class ReleaseWords {
    private ReleaseWords() {}

    static void print(ReleaseResult result, PrintStream out) {
        out.println("Released: " + result.directory());
        result.packages().forEach(rpm -> out.println("  repo/" + rpm.file()));
        out.println("\nVersions, as rpm compares them:");
        result.versions().forEach(row -> out.println("  " + row));
        out.println(
                result.differences().isEmpty()
                        ? "\nNothing else differs from the unfixed kernel."
                        : "\nDifferences to the unfixed kernel:");
        result.differences().forEach(line -> out.println("  " + Words.harmless(line)));
        out.println("\n" + result.trial().map(CustomerTrial::words).orElse("It was not tried as a customer would."));
        out.println("\nNote for people: " + result.directory().resolve("RELEASE.md"));
    }

    static Map<String, Object> document(ReleaseRequest request, ReleaseResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bug", request.plan().bug());
        document.put("kernel", request.plan().kernels().get(0));
        document.put("variant", request.plan().variants().get(0));
        document.put("directory", result.directory().toString());
        document.put("packages", result.packages());
        document.put("versions", result.versions());
        document.put("differences", result.differences());
        document.put("customerTrial", result.trial());
        document.put("exitCode", result.exitCode().code());
        document.put("outcome", result.exitCode().name());
        return document;
    }
}
