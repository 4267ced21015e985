package org.patchproof.plan;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.plan.BuildRoot.Compiler;
import org.patchproof.plan.BuildRoot.Container;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.plan.BuildRoot.Host;
import org.patchproof.plan.BuildRoot.Mock;

/** Reads where a kernel is built: {@code root} of its build section, and the key that says more of it. */
final class BuildRootReader {
    private static final List<String> KINDS = List.of("host", "container", "mock");

    private final Workspace workspace;

    BuildRootReader(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Reads the keys of {@code build} that say where; asks for all of them, so that others can be refused. */
    BuildRoot read(YamlValue build, YamlTable table) {
        String kind = table.required("root", Values.choice(kinds()), "");
        Optional<Compiler> compiler =
                table.optional("compiler", Values.choice(Map.of("checked", Compiler.CHECKED, "any", Compiler.ANY)));
        Optional<Filling> filling = table.optional("container", this::filling);
        Optional<String> config = table.optional(
                "mock",
                Values.matching(
                        Mock.CONFIG,
                        "configuration of mock",
                        "Write it as mock -r takes it: a name as centos+epel-7-x86_64, or the path of a .cfg file."));
        KINDS.stream()
                .filter(other -> !kind.isEmpty() && !other.equals(kind))
                .map(other -> other.equals("host") ? "compiler" : other)
                .filter(table::has)
                .forEach(key -> build.wrong(
                        build.name() + ": " + key + " says nothing where root is " + kind,
                        "Remove it, or write root: " + (key.equals("compiler") ? "host" : key) + "."));
        return switch (kind) {
            case "container" -> container(build, table, filling);
            case "mock" -> mock(build, table, config);
            default -> new Host(compiler.orElse(Compiler.CHECKED));
        };
    }

    private static Map<String, String> kinds() {
        return Map.of("host", "host", "container", "container", "mock", "mock");
    }

    private static BuildRoot container(YamlValue build, YamlTable table, Optional<Filling> filling) {
        if (!table.has("container")) {
            build.wrong(
                    build.name() + ": root is container, and the key \"container\" is missing",
                    "Say what is in it: container: {image: NAME}, {directory: PATH},"
                            + " or {suite: bookworm, packages: [gcc, make, rpm]}.");
        }
        return filling.<BuildRoot>map(Container::new).orElse(BuildRoot.HOST);
    }

    private static BuildRoot mock(YamlValue build, YamlTable table, Optional<String> config) {
        if (!table.has("mock")) {
            build.wrong(
                    build.name() + ": root is mock, and the key \"mock\" is missing",
                    "Name its configuration, as mock: centos+epel-7-x86_64.");
        }
        return config.<BuildRoot>map(Mock::new).orElse(BuildRoot.HOST);
    }

    private Optional<Filling> filling(YamlValue value) {
        return value.table().flatMap(table -> {
            Optional<Filling> image = table.optional(
                            "image",
                            Values.matching(
                                    Filling.Image.NAME,
                                    "name of an image",
                                    "Write it as podman images prints it, as registry/name:tag or name@sha256:..."))
                    .map(Filling.Image::new);
            Optional<Filling> directory =
                    table.optional("directory", this::directory).map(Filling.Directory::new);
            Optional<Filling> debian = debian(table);
            table.refuseOthers();
            List<Optional<Filling>> said = List.of(image, directory, debian);
            long keys = List.of("image", "directory", "suite").stream()
                    .filter(table::has)
                    .count();
            if (keys != 1) {
                return value.wrong(
                        value.name() + ": says " + (keys == 0 ? "not what is in it" : "more than one filling"),
                        "Write one of image, directory, or suite with packages.");
            }
            return said.stream().flatMap(Optional::stream).findFirst();
        });
    }

    private static Optional<Filling> debian(YamlTable table) {
        Optional<String> suite = table.optional(
                "suite", Values.matching(Filling.Debian.SUITE, "Debian suite", "Write its name, as bookworm."));
        Optional<List<String>> components = table.optional(
                "components",
                Values.someOf(Values.matching(
                        Filling.Debian.COMPONENT, "component of an archive", "Write main, or non-free.")));
        Optional<List<String>> packages = table.optional(
                "packages",
                Values.someOf(
                        Values.matching(Filling.Debian.PACKAGE, "Debian package", "Write the name only, as gcc.")));
        if (suite.isPresent() && packages.isEmpty()) {
            table.required("packages", v -> Optional.empty(), "");
        }
        return suite.map(
                name -> new Filling.Debian(name, components.orElse(List.of("main")), packages.orElse(List.of())));
    }

    /** A folder on this host: absolute, below the home directory, or relative to the workspace. */
    private Optional<Path> directory(YamlValue value) {
        return Values.line(value).flatMap(text -> {
            try {
                Path home = Path.of(System.getProperty("user.home", "/"));
                Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
                Path found = workspace.root().resolve(path).normalize();
                if (!Filling.Directory.mountable(found)) {
                    return value.wrong(
                            value.name() + ": " + Shown.quote(text) + " is no root that podman can mount",
                            "Name a directory whose path has no colon or comma in it.");
                }
                return Files.exists(found) && !Files.isDirectory(found)
                        ? value.wrong(Shown.quote(text) + " is no folder", "Name a folder.")
                        : Optional.of(found);
            } catch (InvalidPathException e) {
                return value.wrong(value.name() + ": " + Shown.quote(text) + " is no path", "Use plain characters.");
            }
        });
    }
}
