package org.patchproof.repro;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.patchproof.vm.Boot;

/** What became of installing a kernel in a guest. */
public sealed interface InstallOutcome {

    /**
     * Installed.
     *
     * @param disk the guest's disk afterwards; the base of the trials' overlays, not to be written
     * @param boot how the installed kernel comes up on such an overlay
     * @param manager the guest's package manager
     * @param elapsed wall time
     */
    record Installed(Path disk, Boot boot, String manager, Duration elapsed) implements InstallOutcome {
        /** The manager of a guest that boots a kernel which is on no disk. */
        public static final String NOBODY = "nobody";

        public Installed {
            Objects.requireNonNull(disk);
            Objects.requireNonNull(boot);
            Objects.requireNonNull(manager);
            Objects.requireNonNull(elapsed);
        }
    }

    /** The guest's package manager refused, or did not leave what the package holds; the lines that say why. */
    record Refused(List<String> lines) implements InstallOutcome {
        public Refused {
            lines = List.copyOf(lines);
        }
    }

    /** We failed: the guest's own kernel did not come up, the machine was lost, a tool lacked. */
    record Trouble(String why) implements InstallOutcome {
        public Trouble {
            Objects.requireNonNull(why);
        }
    }

    /** One of the three. */
    default <T> T match(Function<Installed, T> installed, Function<Refused, T> refused, Function<Trouble, T> trouble) {
        if (this instanceof Installed i) {
            return installed.apply(i);
        }
        return this instanceof Refused r ? refused.apply(r) : trouble.apply((Trouble) this);
    }
}
