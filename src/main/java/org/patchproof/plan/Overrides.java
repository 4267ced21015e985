package org.patchproof.plan;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts the source RPMs that the user named in the place of those that the kernels' files name. */
final class Overrides {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final Workspace workspace;
    private final Map<String, SrpmOverride> overrides;
    private final Problems problems;

    Overrides(Workspace workspace, Map<String, SrpmOverride> overrides, Problems problems) {
        this.workspace = workspace;
        this.overrides = overrides;
        this.problems = problems;
    }

    /** Reports the overrides for kernels that are not tried. */
    void refuseOthers(Set<String> tried) {
        overrides.forEach((kernel, override) -> {
            if (!tried.contains(kernel)) {
                problems.add(
                        workspace.shown(workspace.kernels()),
                        "a source RPM is named for " + Shown.quote(kernel) + ", which is not tried",
                        Nearest.hint(kernel, tried));
            }
        });
    }

    KernelSpec apply(KernelSpec kernel) {
        SrpmOverride override = overrides.get(kernel.name());
        return override == null
                ? kernel
                : kernel.source()
                        .match(
                                packaged -> notFor(kernel, packaged),
                                srpm -> kernel.withSource(new SrpmSource(
                                        srpm.fileName(),
                                        srpm.nevra(),
                                        sha256(kernel, srpm, override),
                                        location(kernel, override),
                                        srpm.key())));
    }

    private KernelSpec notFor(KernelSpec kernel, PackagedSource source) {
        String what = source.of(debian -> "a Debian package", git -> "a git repository");
        wrong(kernel, "is built from " + what + ", but a source RPM is named for it", "Leave it out.");
        return kernel;
    }

    private Optional<String> sha256(KernelSpec kernel, SrpmSource spec, SrpmOverride override) {
        Optional<String> given = override.sha256().map(text -> text.toLowerCase(Locale.ROOT));
        if (given.isPresent() && !SHA256.matcher(given.get()).matches()) {
            wrong(
                    kernel,
                    "the sha256 that is named for it, " + Shown.quote(given.get()) + ", is none",
                    "Give the 64 hex digits that sha256sum prints.");
        }
        return given.or(spec::sha256);
    }

    private Optional<SrpmLocation> location(KernelSpec kernel, SrpmOverride override) {
        String text = override.location();
        if (SCHEME.matcher(text).matches()) {
            Optional<SrpmLocation> url = Values.httpUri(text).map(SrpmLocation.Url::new);
            if (url.isEmpty()) {
                String message = "the source RPM that is named for it is no address that can be used";
                wrong(kernel, message, "Give http(s)://HOST/..., without a user and password in it, or a path.");
            }
            return url;
        }
        try {
            Path path = Path.of(text).toAbsolutePath().normalize();
            if (!Files.isRegularFile(path)) {
                String hint = SpecPaths.hint(path, Files::isRegularFile);
                wrong(kernel, "the source RPM that is named for it, " + Shown.quote(text) + ", is not there", hint);
            }
            return Optional.of(new SrpmLocation.LocalFile(path));
        } catch (InvalidPathException e) {
            wrong(kernel, "the source RPM that is named for it, " + Shown.quote(text) + ", is no path", "Correct it.");
            return Optional.empty();
        }
    }

    private void wrong(KernelSpec kernel, String message, String remedy) {
        problems.add(workspace.shown(workspace.kernelFile(kernel.name())), message, remedy);
    }
}
