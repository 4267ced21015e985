package org.patchproof.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.RebuildRequest;
import org.patchproof.pipeline.RebuildResult;
import org.patchproof.pipeline.Rebuilder;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.report.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Builds a release again from its papers, and compares: a third party's look at what was shipped.",
            "",
            "The provenance and each package must be signed by the key, and each package must be the one that the"
                    + " provenance names. The source package is built clean, as the provenance says; the packages must"
                    + " be equal to those that were shipped, bit for bit, but for their signatures. It is built in"
                    + " a root as the provenance names it (a container's image or directory, Debian packages, mock, or"
                    + " this host); where that is another than the release's, that is said, and where something"
                    + " differs, packages that are others here are named."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof rebuild release-1/papers/provenance.json --key vendor.asc",
            "  patchproof rebuild papers/provenance.json --root-image localhost/el7-build:1",
            "",
            "Exit codes: 0 equal; 1 not equal, or papers, packages and key do not belong together;",
            "2 the request is wrong; 4 infrastructure failed."
        })
final class RebuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PROVENANCE", description = "papers/provenance.json of a release, in its directory.")
    private Path provenance;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key, from a place you trust. Default: the one in the release.")
    private Path key;

    @ArgGroup
    private Elsewhere elsewhere;

    /** Where the root is, when it is not where the papers say: one of the two. */
    static final class Elsewhere {
        @Option(
                names = "--root-image",
                paramLabel = "NAME",
                description = "Build in a container of this image, which podman has, and not in the root that the"
                        + " provenance names.")
        private String image;

        @Option(
                names = "--root-directory",
                paramLabel = "DIR",
                description = "Likewise, with the root file system in this directory.")
        private Path directory;

        BuildRoot root() {
            try {
                return new BuildRoot.Container(
                        image != null ? new Filling.Image(image) : new Filling.Directory(directory.toAbsolutePath()));
            } catch (IllegalArgumentException e) {
                throw new WrongRequestException(
                        e.getMessage(), "Name an image as podman images prints it, or a directory.", e);
            }
        }
    }

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where it is built; packages and log stay there. Default: ${DEFAULT-VALUE}.",
            defaultValue = "rebuilt")
    private Path out;

    @Option(names = "--jobs", paramLabel = "N", description = "Run so many compilers. Default: one a processor.")
    private Integer jobs;

    @Option(names = "--json", description = "The result as JSON on standard output.")
    private boolean json;

    private final Screen screen;
    private final Rebuilder rebuilder;

    RebuildCommand(Screen screen, Rebuilder rebuilder) {
        this.screen = screen;
        this.rebuilder = rebuilder;
    }

    @Override
    public Integer call() {
        int processors = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        RebuildRequest request = new RebuildRequest(
                provenance,
                Optional.ofNullable(key),
                Optional.ofNullable(elsewhere).map(Elsewhere::root),
                VerifyRequest.defaultCache(screen.environment(), Path.of(System.getProperty("user.home", "."))),
                out,
                processors);
        RebuildResult result;
        try (ListenerLines lines = new ListenerLines(screen.progress(), bundle -> {})) {
            result = rebuilder.rebuild(request, lines);
        }
        if (json) {
            screen.out().println(Json.of(document(result)));
        } else {
            print(result);
        }
        return result.exitCode().code();
    }

    private void print(RebuildResult result) {
        screen.out()
                .println("Signed by " + result.key()
                        + (key == null ? " (the release's own key: compare it with one from elsewhere)" : ""));
        result.equal().forEach(rpm -> screen.out().println("  equal: " + rpm));
        result.differences().forEach(line -> screen.out().println("  differs: " + Words.harmless(line)));
        result.otherRoot().ifPresent(words -> screen.out().println(Words.harmless(words)));
        if (!result.otherTools().isEmpty()) {
            screen.out().println("Installed here, and not where it was made:");
            result.otherTools().forEach(tool -> screen.out().println("  " + Words.harmless(tool)));
        }
    }

    private static Map<String, Object> document(RebuildResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("key", result.key());
        document.put("equal", result.equal());
        document.put("differences", result.differences());
        document.put("otherRoot", result.otherRoot().orElse(null));
        document.put("otherTools", result.otherTools());
        document.put("packages", result.packages().stream().map(Path::toString).toList());
        document.put("exitCode", result.exitCode().code());
        return document;
    }
}
