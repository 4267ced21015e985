package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

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
        public Mock {
            requireNonNull(config);
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
            public Image {
                requireNonNull(name);
            }

            @Override
            public List<String> describe() {
                return List.of("image", name);
            }
        }

        /** A root file system in a directory of this host. */
        record Directory(Path path) implements Filling {
            public Directory {
                requireNonNull(path);
            }

            /** Not where it lies: what is in it is told by the build itself. */
            @Override
            public List<String> describe() {
                return List.of("directory", path.getFileName().toString());
            }
        }

        /** A root file system that debootstrap makes, once. */
        record Debian(String suite, List<String> components, List<String> packages) implements Filling {
            public Debian {
                requireNonNull(suite);
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
