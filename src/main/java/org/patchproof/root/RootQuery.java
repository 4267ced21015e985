package org.patchproof.root;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;

/** What a root is asked when it is opened: its compiler, its rpmbuild, its packages. */
final class RootQuery {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * gcc before 7 does not know the first option and answers the second with all of its version. An rpm
     * without packages of its own (Debian's) prints nothing.
     */
    private static final String SCRIPT = """
            export LC_ALL=C
            echo "== compiler $(gcc -dumpfullversion -dumpversion 2>/dev/null)"
            echo "== rpmbuild $(rpmbuild --version 2>/dev/null)"
            { rpm -qa 2>/dev/null; dpkg-query -W -f '${Package} ${Version} ${Architecture}\\n' 2>/dev/null; } |
                sort | sha256sum | sed 's/^/== packages /; s/ *-$//'
            """;

    private RootQuery() {}

    /** To be run in the root. */
    static Command command() {
        return Command.of("/bin/bash", "-c", SCRIPT, "query").within(LIMIT);
    }

    /**
     * Reads its answer.
     *
     * @throws RootException when it did not run, or there is no rpmbuild
     */
    static RootIdentity read(CommandResult answer, String kind, String name, Optional<String> digest) {
        Map<String, String> said = new HashMap<>();
        answer.output().lines().filter(line -> line.startsWith("== ")).forEach(line -> {
            String[] words = line.substring("== ".length()).split(" ", 2);
            said.put(words[0], words.length > 1 ? words[1].strip() : "");
        });
        if (!answer.ok() || !said.containsKey("packages")) {
            throw new RootException(
                    "the build root " + kind + " " + name + " does not run anything\n" + answer.transcript(),
                    "See the lines above. Try by hand what they show.");
        }
        if (said.get("rpmbuild").isEmpty()) {
            throw new RootException(
                    "the build root " + kind + " " + name + " has no rpmbuild",
                    "Install it there: rpm-build (EL, Fedora) or rpm (Debian), and what the kernel's build needs.");
        }
        return new RootIdentity(kind, name, digest, said.get("packages"), said.get("compiler"), said.get("rpmbuild"));
    }
}
