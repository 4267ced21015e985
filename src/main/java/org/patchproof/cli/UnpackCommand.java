package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof unpack}. */
@Command(
        name = "unpack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Verifies a source RPM and unpacks it as rpmbuild wants it: SPECS, SOURCES and the empty folders."
                    + " Every digest in it is compared. Wholly, or not at all."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  patchproof unpack kernel-3.10.0-693.el7.src.rpm -C ~/rpmbuild-693",
            "  rpmbuild --define '_topdir '$HOME/rpmbuild-693 -bp ~/rpmbuild-693/SPECS/kernel.spec",
            "",
            "Exit codes: 0 unpacked; 2 the file is damaged, hostile or not there; 4 the disk failed."
        })
final class UnpackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SRPM", description = "The source RPM.")
    private Path srpm;

    @Option(names = "-C", paramLabel = "DIR", required = true, description = "Will be made; must not be there yet.")
    private Path topdir;

    @Option(names = "--json", description = "The result as JSON on standard output.")
    private boolean json;

    private final Screen screen;

    UnpackCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        Inputs.requireFile(srpm, "Name a source RPM.");
        Path target = topdir.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new WrongRequestException(topdir + ": is there already", "Name a folder that is not.");
        }
        Files.createDirectories(target.getParent());
        UnpackedSource source = SourceUnpacker.unpack(srpm, target);
        if (json) {
            screen.out().println(Json.of(document(source)));
        } else {
            screen.out().println(source.nevra());
            screen.out().println("sha256    " + source.sha256());
            screen.out().println("verified  " + String.join(", ", source.verified()));
            screen.out().println("files     " + source.files().size());
            screen.out().println("spec      " + source.specFile());
        }
        return 0;
    }

    private static Map<String, Object> document(UnpackedSource source) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("nevra", source.nevra().toString());
        document.put("sha256", source.sha256());
        document.put("verified", source.verified());
        document.put("topdir", source.topdir().toString());
        document.put("spec", source.specFile().toString());
        List<String> files = source.files().stream().map(file -> file.path()).toList();
        document.put("files", files);
        return document;
    }
}
