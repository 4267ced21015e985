package org.patchproof.vm;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a machine starts with. */
public sealed interface Boot {

    /**
     * A kernel that is handed to QEMU, which needs no boot loader then.
     *
     * @param image of the kernel
     * @param initrd empty for a kernel that mounts the disk by itself
     * @param arguments put after ours; none has a blank in it
     */
    record Kernel(Path image, Optional<Path> initrd, List<String> arguments) implements Boot {
        public Kernel {
            Objects.requireNonNull(image);
            Objects.requireNonNull(initrd);
            arguments = List.copyOf(arguments);
            for (String argument : arguments) {
                if (argument.isBlank() || argument.chars().anyMatch(c -> c <= ' ')) {
                    throw new IllegalArgumentException("not one kernel argument: '" + argument + "'");
                }
            }
        }

        @Override
        public <R> R match(Function<Kernel, R> kernel, Function<Loader, R> loader) {
            return kernel.apply(this);
        }
    }

    /** The boot loader on the machine's own disk, which knows by itself what to boot and with which arguments. */
    record Loader() implements Boot {
        @Override
        public <R> R match(Function<Kernel, R> kernel, Function<Loader, R> loader) {
            return loader.apply(this);
        }
    }

    /** The one case that it is, handled. */
    <R> R match(Function<Kernel, R> kernel, Function<Loader, R> loader);
}
