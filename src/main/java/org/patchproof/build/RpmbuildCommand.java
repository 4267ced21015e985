package org.patchproof.build;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;

/**
 * How rpmbuild is called for a variant, as a value: its options and its environment. Made so that the same
 * inputs give the same packages, bit for bit: no clock, no host name, no user, nothing of the caller's
 * environment that steers a kernel's make.
 *
 * <p>An rpm that does not know a macro ignores it: EL7's 4.11 knows none of {@code
 * use_source_date_epoch_as_buildtime}, {@code clamp_mtime_to_source_date_epoch}; there the payload is the
 * same and the header's times are not.
 *
 * @param spec the kernel's build section
 * @param defines macros that the injection wants, as {@code name value}
 * @param made what the packages say when they were made
 * @param links a directory of compiler links to put first in PATH, where a compiler cache is used
 * @param jobs how many compilers run at once, as rpm's {@code %_smp_mflags} says
 * @param topdir rpmbuild's directories, as rpmbuild sees them
 * @param specFile in topdir/SPECS
 */
record RpmbuildCommand(
        BuildSpec spec,
        List<String> defines,
        Instant made,
        Optional<Path> links,
        int jobs,
        Path topdir,
        Path specFile) {
    /** Whoever builds, the packages name this host and this user. */
    static final String BUILDER = "patchproof";

    /** As date(1) prints it in the C locale, which is what kernels put into {@code uname -v}. */
    private static final DateTimeFormatter AS_DATE_PRINTS =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.ROOT);

    RpmbuildCommand {
        Objects.requireNonNull(spec);
        defines = List.copyOf(defines);
        Objects.requireNonNull(made);
        Objects.requireNonNull(links);
        Objects.requireNonNull(topdir);
        Objects.requireNonNull(specFile);
    }

    /** rpmbuild in {@code mode}, as {@code -bp}. It sees {@link #environment()}, and little of its caller's. */
    Command command(List<String> mode) {
        List<String> argv = new ArrayList<>(List.of("rpmbuild"));
        argv.addAll(mode);
        if (spec.dependencies() == BuildDependencies.NOT_CHECKED) {
            argv.add("--nodeps");
        }
        spec.with().forEach(word -> argv.addAll(List.of("--with", word)));
        spec.without().forEach(word -> argv.addAll(List.of("--without", word)));
        macros().forEach((name, value) -> argv.addAll(List.of("--define", name + " " + value)));
        spec.defines().forEach((name, value) -> argv.addAll(List.of("--define", name + " " + value)));
        defines.forEach(define -> argv.addAll(List.of("--define", define)));
        argv.add(specFile.toString());
        Map<String, String> environment = environment();
        return Command.of(KeptEnvironment.only(environment.keySet(), argv))
                .within(spec.timeout())
                .with(environment);
    }

    /** rpmspec, which prints {@code other} as rpmbuild would read it. */
    Command parse(Path other) {
        Command build = command(List.of("-P"));
        List<String> argv = new ArrayList<>(build.argv());
        argv.set(argv.indexOf("rpmbuild"), "rpmspec");
        argv.remove("--nodeps");
        argv.set(argv.size() - 1, other.toString());
        return Command.of(argv).with(build.environment());
    }

    /** Macros of ours; those of the kernel's YAML come behind them and win. */
    private Map<String, String> macros() {
        Map<String, String> macros = new LinkedHashMap<>();
        macros.put("_topdir", topdir.toString());
        macros.put("_buildshell", "/bin/bash");
        macros.put("_buildhost", BUILDER);
        // Ours is in the environment; rpm is not to put another one there.
        macros.put("source_date_epoch_from_changelog", "0");
        macros.put("use_source_date_epoch_as_buildtime", "1");
        macros.put("clamp_mtime_to_source_date_epoch", "1");
        // The same two, as rpm 4.20 calls them.
        macros.put("build_mtime_policy", "clamp_to_source_date_epoch");
        return macros;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SOURCE_DATE_EPOCH", Long.toString(made.getEpochSecond()));
        environment.put("KBUILD_BUILD_TIMESTAMP", AS_DATE_PRINTS.format(made.atOffset(ZoneOffset.UTC)));
        environment.put("KBUILD_BUILD_USER", BUILDER);
        environment.put("KBUILD_BUILD_HOST", BUILDER);
        // Else it counts the links of this tree.
        environment.put("KBUILD_BUILD_VERSION", "1");
        environment.put("TZ", "UTC0");
        environment.put("RPM_BUILD_NCPUS", Integer.toString(jobs));
        environment.put("CCACHE_BASEDIR", topdir.toString());
        links.ifPresent(first -> environment.put("PATH", first + ":" + path()));
        return environment;
    }

    private static String path() {
        return System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    }
}
