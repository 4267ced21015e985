package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where rpmbuild runs: with which compiler, which rpm, which libraries. */
public sealed interface BuildRoot {
    /** This host, as long as its compiler is not too new for the kernel. */
    BuildRoot HOST = new Host(Compiler.CHECKED);

    /** Whether a compiler that is known to be too new is refused. */
    enum Compiler {
        CHECKED,
        ANY
    }

    /** This host as it is. */
    record Host(Compiler compiler) implements BuildRoot {
        public Host {
            requireNonNull(compiler);
        }

        @Override
        public List<String> describe() {
            return List.of();
        }

        @Override
        public <R> R match(Function<Host, R> host, Function<Container, R> container, Function<Mock, R> mock) {
            return host.apply(this);
        }
    }

    /** A container of podman's. */
    record Container(Filling filling) implements BuildRoot {
        public Container {
            requireNonNull(filling);
        }

        @Override
        public List<String> describe() {
            return filling.describe();
        }

        @Override
        public <R> R match(Function<Host, R> host, Function<Container, R> container, Function<Mock, R> mock) {
            return container.apply(this);
        }
    }

    /**
     * A chroot of mock's.
     *
     * @param config as {@code mock -r} takes it: a name under /etc/mock, or the path of a .cfg file
     */
    record Mock(String config) implements BuildRoot {
        static final Pattern CONFIG =
                Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}|(?:/[A-Za-z0-9][A-Za-z0-9._+-]{0,127}){1,16}\\.cfg");

        /** It becomes a part of a command line: one that looks like an option is none. */
        public Mock {
            require(CONFIG, config, "configuration of mock");
        }

        @Override
        public List<String> describe() {
            return List.of("config", config);
        }

        @Override
        public <R> R match(Function<Host, R> host, Function<Container, R> container, Function<Mock, R> mock) {
            return mock.apply(this);
        }
    }

    /** What is in a container. */
    sealed interface Filling {
        /** An image that podman has already: nothing is fetched behind anybody's back. */
        record Image(String name) implements Filling {
            /** As podman names it: registry, path, tag or digest. */
            static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,200}(?:@sha256:[0-9a-f]{64})?");

            /** It becomes an argument of podman: what looks like an option is no name. */
            public Image {
                require(NAME, name, "name of an image");
            }

            @Override
            public List<String> describe() {
                return List.of("image", name);
            }
        }

        /** A root file system in a directory of this host. */
        record Directory(Path path) implements Filling {
            /** podman takes colon and comma for its own; what begins with a hyphen would be an option. */
            static boolean mountable(Path path) {
                return path.getNameCount() > 0 && path.toString().matches("[^-:,][^:,]*");
            }

            public Directory {
                if (!mountable(path)) {
                    throw new IllegalArgumentException("'" + path + "' is no root that podman can mount");
                }
            }

            /** Not where it lies: what is in it is told by the build itself. */
            @Override
            public List<String> describe() {
                return List.of("directory", path.getFileName().toString());
            }
        }

        /** A root file system that debootstrap makes, once. */
        record Debian(String suite, List<String> components, List<String> packages) implements Filling {
            static final Pattern SUITE = Pattern.compile("[a-z][a-z0-9-]{0,63}");
            static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9/-]{0,63}");
            static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");

            /** They become arguments of debootstrap. */
            public Debian {
                require(SUITE, suite, "Debian suite");
                components.forEach(component -> require(COMPONENT, component, "component of an archive"));
                packages.forEach(name -> require(PACKAGE, name, "Debian package"));
                components = components.stream().sorted().toList();
                packages = packages.stream().sorted().toList();
            }

            @Override
            public List<String> describe() {
                return List.of("debian", suite, String.join(",", components), String.join(",", packages));
            }
        }

        /** What it is, in words that tell it from others. */
        List<String> describe();
    }

    private static void require(Pattern form, String word, String what) {
        if (!form.matcher(word).matches()) {
            throw new IllegalArgumentException("'" + word + "' is no " + what);
        }
    }

    /** What it is beside its {@link #name()}, in words that tell it from others; none for the host. */
    List<String> describe();

    /** One of the three. */
    <R> R match(Function<Host, R> host, Function<Container, R> container, Function<Mock, R> mock);

    /** {@code HOST}, {@code CONTAINER} or {@code MOCK}. */
    default String name() {
        return match(host -> "HOST", container -> "CONTAINER", mock -> "MOCK");
    }

    /** As it stands in a kernel's YAML: {@code host}, {@code container} or {@code mock}. */
    default String word() {
        return match(host -> "host", container -> "container", mock -> "mock");
    }
}
