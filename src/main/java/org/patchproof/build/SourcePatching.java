package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.patchproof.build.StepOutcome.Done;
import org.patchproof.build.StepOutcome.Rejected;
import org.patchproof.files.Trees;
import org.patchproof.patch.Patch;
import org.patchproof.patch.TextDiff;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.OpenRoot;
import org.patchproof.specfile.InjectionOutcome;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.SourcesAtHand;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmPackage;
import org.patchproof.srpm.SourceUnpacker;
import org.patchproof.srpm.UnpackedSource;

/**
 * A vendor's source package and a series -> a source package of its own, which any rpmbuild makes the fixed
 * packages of. Nothing is left to a command line.
 */
public final class SourcePatching {
    private final CommandRunner runner;
    private final BuildSpec spec;
    private final OpenRoot root;
    private final Path topdir;
    private final Path log;

    /**
     * @param root whose rpmbuild makes the package: its macros are in the package's name
     * @param work where a private topdir is made, and removed
     * @param log rpmbuild's output, appended
     */
    public SourcePatching(CommandRunner runner, BuildSpec spec, OpenRoot root, Path work, Path log) {
        this.runner = runner;
        this.spec = spec;
        this.root = root;
        this.topdir = work.resolve("topdir").toAbsolutePath();
        this.log = log;
    }

    /**
     * Makes the package in {@code target}.
     *
     * @return rejected, when the spec cannot take the series, the suffix or the changelog entry for sure
     * @throws BuildTroubleException when rpmbuild fails
     */
    public StepOutcome<PatchedSource> make(Path srpm, InjectionRequest request, Path target) throws IOException {
        try {
            Files.createDirectories(topdir.getParent());
            UnpackedSource source = SourceUnpacker.unpack(srpm, topdir);
            byte[] before = Files.readAllBytes(source.specFile());
            SpecFile parsed = SpecFile.parse(
                    source.specFile().getFileName().toString(), before, SourcesAtHand.in(topdir.resolve("SOURCES")));
            InjectionOutcome outcome = SpecInjector.inject(parsed, request);
            Optional<List<String>> refused = outcome.match(
                    done -> Optional.empty(),
                    already -> Optional.of(List.of("the source package carries these patches already")),
                    no -> Optional.of(List.of(no.seen(), no.remedy())));
            if (refused.isPresent()) {
                return new Rejected<>(refused.get());
            }
            Injected injected = (Injected) outcome;
            byte[] after = injected.spec().print();
            Files.write(source.specFile(), after);
            for (Patch patch : request.series().patches()) {
                Files.write(topdir.resolve("SOURCES").resolve(patch.name()), patch.bytes(injected.patchStyle()));
            }
            SpecChange change = new SpecChange(
                    injected.dialect(), injected.explanation(), TextDiff.unified(parsed.fileName(), before, after));
            return new Done<>(pack(source, SourceDate.of(after, source), change, target));
        } finally {
            Trees.delete(topdir);
        }
    }

    private PatchedSource pack(UnpackedSource source, Instant made, SpecChange change, Path target) throws IOException {
        RpmbuildCommand call = new RpmbuildCommand(
                spec,
                List.of(),
                made,
                Optional.empty(),
                1,
                topdir,
                source.specFile().toAbsolutePath());
        CommandResult result =
                runner.run(root.inside(call.command(List.of("-bs", "--nodeps")).loggingTo(log), topdir));
        if (!result.ok()) {
            throw BuildTroubles.of(result, "making the source package", "timeout");
        }
        Path srpm = Topdirs.only(topdir.resolve("SRPMS"), ".src.rpm");
        Files.createDirectories(target);
        Path kept = Files.move(srpm, target.resolve(srpm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        RpmPackage rpm = RpmFile.read(kept);
        return new PatchedSource(kept, rpm.sha256(), rpm.nevra().toString(), change);
    }
}
