package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.patchproof.build.StepOutcome.Done;
import org.patchproof.build.StepOutcome.Rejected;
import org.patchproof.files.FileDigest;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.TextDiff;
import org.patchproof.specfile.InjectionOutcome;
import org.patchproof.specfile.InjectionOutcome.Injected;
import org.patchproof.specfile.InjectionRequest;
import org.patchproof.specfile.SourcesAtHand;
import org.patchproof.specfile.SpecFile;
import org.patchproof.specfile.SpecInjector;

/**
 * A series in a spec.
 *
 * @param before the vendor's spec
 * @param injected what came of it
 * @param change as a bundle tells it
 */
record SpecInjection(byte[] before, Injected injected, SpecChange change) {

    /** All that the packages depend on beside the source package and how it is built, one thing a line. */
    List<String> inputs(PatchSeries series, String suffix, Set<String> paths) {
        List<String> inputs = new ArrayList<>();
        inputs.add("spec " + FileDigest.sha256(injected.spec().print()));
        inputs.add("suffix " + suffix);
        inputs.add("defines " + injected.rpmbuildDefines());
        for (Patch patch : series.patches()) {
            inputs.add("patch " + patch.sha256() + " " + FileDigest.sha256(patch.bytes(injected.patchStyle())) + " "
                    + patch.name());
        }
        new TreeSet<>(paths).forEach(path -> inputs.add("path " + path));
        return inputs;
    }

    /** Makes SPECS and SOURCES of {@code topdir}, into which a series was put, the vendor's again. */
    void takeOut(Path topdir, String specName, PatchSeries series) throws IOException {
        Files.write(topdir.resolve("SPECS").resolve(specName), before);
        for (Patch patch : series.patches()) {
            Files.delete(topdir.resolve("SOURCES").resolve(patch.name()));
        }
    }

    /**
     * Puts a series into the spec of a topdir, and spec and patches into another, which may be the same.
     *
     * @param from has the vendor's SPECS and SOURCES
     * @param to gets the spec and the patches
     */
    static StepOutcome<SpecInjection> run(Path from, Path to, String specName, PatchSeries series, String suffix)
            throws IOException {
        byte[] before = Files.readAllBytes(from.resolve("SPECS").resolve(specName));
        SpecFile parsed = SpecFile.parse(specName, before, SourcesAtHand.in(from.resolve("SOURCES")));
        InjectionOutcome outcome = SpecInjector.inject(parsed, InjectionRequest.of(series, suffix));
        Optional<List<String>> refused = outcome.match(
                done -> Optional.empty(),
                already -> Optional.of(List.of("the source package carries a series of this name already")),
                no -> Optional.of(List.of(no.seen(), no.remedy())));
        if (refused.isPresent()) {
            return new Rejected<>(refused.get());
        }
        Injected injected = (Injected) outcome;
        byte[] after = injected.spec().print();
        Path specs = Files.createDirectories(to.resolve("SPECS"));
        Path sources = Files.createDirectories(to.resolve("SOURCES"));
        Files.write(specs.resolve(specName), after);
        for (Patch patch : series.patches()) {
            Files.write(sources.resolve(patch.name()), patch.bytes(injected.patchStyle()));
        }
        SpecChange change = new SpecChange(
                injected.dialect(), injected.explanation(), TextDiff.unified(parsed.fileName(), before, after));
        return new Done<>(new SpecInjection(before, injected, change));
    }
}
