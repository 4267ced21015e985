package org.patchproof.plan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code specs/kernels/*.yaml}. */
final class KernelReader {
    private static final Pattern DEBIAN_PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");
    private static final Pattern RPM_PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");
    private static final Pattern TARBALL = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._+~-]*)+\\.tar\\.(gz|bz2|xz|zst)");
    private static final Pattern SRPM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~^-]{0,200}\\.(src|nosrc)\\.rpm");
    private static final Pattern NEVRA =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*-[A-Za-z0-9._+~^]+-[A-Za-z0-9._+~^]+");
    // rpm: a macro's name has at least three characters, and begins with a letter or underscore.
    private static final Pattern REF =
            Pattern.compile("(?!.*(?:\\.\\.|//|\\.lock$))[A-Za-z0-9][A-Za-z0-9._/+-]{0,200}");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*|[^/]+@[^/]+:.*");
    private static final Pattern MACRO = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{2,63}");
    private static final Pattern IMAGE =
            Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,8}");
    private static final Pattern SWITCH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");

    /** Kinds of source that are foreseen and not yet there. */
    private static final Set<String> LATER = Set.of("tarball");

    private static final KernelSource SOURCE_STAND_IN = new SrpmSource("", Optional.empty(), Optional.empty());
    private static final BuildSpec BUILD_STAND_IN = new BuildSpec(
            BuildRoot.HOST, "", BuildDependencies.REQUIRED, Map.of(), List.of(), List.of(), Duration.ZERO, 0);

    private final Workspace workspace;
    private final SpecNames names;
    private final Problems problems;

    KernelReader(Workspace workspace, SpecNames names, Problems problems) {
        this.workspace = workspace;
        this.names = names;
        this.problems = problems;
    }

    /** A kernel, with stand-ins for what was reported; empty when its file is not even YAML. */
    Optional<KernelSpec> read(String name) {
        return YamlFile.read(workspace, workspace.kernelFile(name), problems)
                .map(value -> value.named("the kernel"))
                .flatMap(YamlValue::table)
                .map(table -> kernel(table, name));
    }

    private KernelSpec kernel(YamlTable table, String name) {
        table.required("kernel", Values.ownName(name), name);
        KernelSpec spec = new KernelSpec(
                name,
                table.required("title", Values::line, ""),
                table.required("arch", Values.choice(Map.of("x86_64", "x86_64")), ""),
                table.required("source", this::source, SOURCE_STAND_IN),
                table.required("build", this::build, BUILD_STAND_IN),
                table.required("guest", Values.nameOf("guest", names.guests()), GuestReader.STAND_IN));
        table.refuseOthers();
        return spec;
    }

    private Optional<KernelSource> source(YamlValue value) {
        Map<String, ValueReader<KernelSource>> kinds =
                Map.of("debian", this::debian, "git", this::git, "srpm", this::srpm);
        ValueReader<KernelSource> none = v -> Optional.empty();
        ValueReader<ValueReader<KernelSource>> kind = v -> v.text()
                .flatMap(text -> LATER.contains(text)
                        ? v.wrong("kind: " + text + " comes later", "Use debian, git or srpm.")
                        : Values.choice(kinds).read(v));
        return value.table().flatMap(table -> {
            ValueReader<KernelSource> reader = table.required("kind", kind, none);
            table.reportMissing();
            return reader.read(value);
        });
    }

    private Optional<KernelSource> debian(YamlValue value) {
        return value.table().map(table -> {
            table.required("kind", YamlValue::text, "");
            KernelSource source = new DebianSource(
                    table.required(
                            "package",
                            Values.matching(DEBIAN_PACKAGE, "Debian package", "Write its name, as linux-source-6.1."),
                            ""),
                    Path.of(table.required(
                            "tarball",
                            Values.matching(
                                    TARBALL, "absolute path of a tarball", "Write /usr/src/linux-source-6.1.tar.xz."),
                            "/")),
                    table.required(
                            "packaging",
                            new SpecPaths(workspace).folderIn(workspace.kernels(), "kernel.spec"),
                            workspace.kernels()));
            table.refuseOthers();
            return source;
        });
    }

    private Optional<KernelSource> git(YamlValue value) {
        return value.table().map(table -> {
            table.required("kind", YamlValue::text, "");
            KernelSource source = new GitSource(
                    table.required("repository", this::repository, workspace.root()),
                    table.required(
                            "ref",
                            Values.matching(
                                    REF, "branch, tag or commit id", "Write it as git branch and git tag print it."),
                            ""),
                    table.required(
                            "packaging",
                            new SpecPaths(workspace).folderIn(workspace.kernels(), "kernel.spec"),
                            workspace.kernels()));
            table.refuseOthers();
            return source;
        });
    }

    /** A folder on this host: absolute, below the home directory, or relative to the workspace. */
    private Optional<Path> repository(YamlValue value) {
        return Values.line(value).flatMap(text -> {
            if (ADDRESS.matcher(text).matches()) {
                return value.wrong(
                        "repository: " + Shown.quote(text) + " is an address",
                        "Clone it first (git clone --bare), and name the folder: nothing is fetched behind your back.");
            }
            try {
                Path home = Path.of(System.getProperty("user.home", "/"));
                Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
                return Optional.of(workspace.root().resolve(path).normalize());
            } catch (InvalidPathException e) {
                return value.wrong("repository: " + Shown.quote(text) + " is no path", "Use plain characters.");
            }
        });
    }

    private Optional<KernelSource> srpm(YamlValue value) {
        return value.table().map(table -> {
            table.required("kind", YamlValue::text, "");
            KernelSource source = new SrpmSource(
                    table.required(
                            "file",
                            Values.matching(
                                    SRPM, "file name of a source RPM", "Write it without a folder: NAME.src.rpm."),
                            ""),
                    table.optional(
                            "nevra",
                            Values.matching(NEVRA, "name-version-release", "Write it as kernel-3.10.0-693.el7.")),
                    table.optional("sha256", Values::sha256),
                    Optional.empty(),
                    table.optional("key", new SpecPaths(workspace).fileIn(workspace.kernels())));
            table.refuseOthers();
            return source;
        });
    }

    private Optional<BuildSpec> build(YamlValue value) {
        return value.table().map(table -> {
            ValueReader<String> option =
                    Values.matching(SWITCH, "switch of a spec", "Write its name only, as baseonly.");
            List<String> with = table.optional("with", Values.listOf(option)).orElse(List.of());
            List<String> without =
                    table.optional("without", Values.listOf(option)).orElse(List.of());
            refuseBoth(value, with, without);
            BuildSpec spec = new BuildSpec(
                    new BuildRootReader(workspace).read(value, table),
                    table.required(
                            "package",
                            Values.matching(RPM_PACKAGE, "name of a package", "Write the name only, as kernel."),
                            ""),
                    table.optional(
                                    "nodeps",
                                    Values.choice(Map.of(
                                            "true",
                                            BuildDependencies.NOT_CHECKED,
                                            "false",
                                            BuildDependencies.REQUIRED)))
                            .orElse(BuildDependencies.REQUIRED),
                    table.optional(
                                    "define",
                                    Values.texts(
                                            MACRO,
                                            "A macro's name has at least three letters, digits and underscores."))
                            .orElse(Map.of()),
                    with,
                    without,
                    table.required("timeout", Values::duration, Duration.ZERO),
                    table.required("disk", Values::size, 0L),
                    table.optional("quick", KernelReader::quick).orElse(QuickSpec.USUAL));
            table.refuseOthers();
            return spec;
        });
    }

    private static Optional<QuickSpec> quick(YamlValue value) {
        return value.table().map(table -> {
            QuickSpec spec = new QuickSpec(
                    table.optional(
                                    "image",
                                    Values.matching(
                                            IMAGE,
                                            "path of an image in a kernel's tree",
                                            "Write it relative to the tree, as arch/x86/boot/bzImage."))
                            .orElse(QuickSpec.USUAL.image()),
                    table.optional("modules", Values.choice(QuickSpec.Modules.class))
                            .orElse(QuickSpec.USUAL.modules()));
            table.refuseOthers();
            return spec;
        });
    }

    private static void refuseBoth(YamlValue value, List<String> with, List<String> without) {
        Set<String> both = new LinkedHashSet<>(with);
        both.retainAll(without);
        if (!Collections.disjoint(with, without)) {
            value.wrong("build: both with and without " + Shown.list(both), "Remove it from one of the two.");
        }
    }
}
