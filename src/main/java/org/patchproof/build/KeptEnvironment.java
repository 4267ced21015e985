package org.patchproof.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a program that builds is left of its caller's environment: what it needs to run at all. A kernel's make
 * listens to more variables than anybody can list, INSTALL_MOD_STRIP and HOSTCFLAGS among them, and no two users
 * have the same.
 */
final class KeptEnvironment {
    /** Where programs, their libraries, and the user's files for them are. All of a compiler cache come along. */
    private static final List<String> NAMES =
            List.of("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "LC_ALL", "XDG_CACHE_HOME", "XDG_CONFIG_HOME");

    /** Fixed text: the names as one word, then the command. It runs in any root, whose variables are not this host's. */
    private static final String ALONE = """
            kept=()
            for name in $1 ${!CCACHE_@}; do
              if [ -n "${!name+set}" ]; then kept+=("$name=${!name}"); fi
            done
            shift
            exec env -i "${kept[@]}" "$@"
            """;

    private KeptEnvironment() {}

    /** {@code argv}, with nothing else in its environment but the variables {@code more}, where they are set. */
    static List<String> only(Collection<String> more, List<String> argv) {
        Set<String> names = new LinkedHashSet<>(NAMES);
        names.addAll(more);
        List<String> all = new ArrayList<>(List.of("/bin/bash", "-c", ALONE, "kept", String.join(" ", names)));
        all.addAll(argv);
        return all;
    }
}
