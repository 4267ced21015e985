package org.patchproof.root;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/** Containers of runs that are no more, found by their label and removed; of runs that live, none. */
final class LeftContainers {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final CommandRunner runner;

    LeftContainers(CommandRunner runner) {
        this.runner = runner;
    }

    /** Removes those whose owner is dead; says how many there were. */
    int removeDead() {
        return remove("label=" + PodmanRun.LABEL, owner -> !owner.alive());
    }

    /** Removes those whose name begins so, running or not. */
    int removeNamed(String beginning) {
        return remove("name=^" + beginning, owner -> true);
    }

    private int remove(String filter, Predicate<Owner> whose) {
        CommandResult listed = runner.run(Command.of(
                        "podman",
                        "ps",
                        "--all",
                        "--filter",
                        filter,
                        "--format",
                        "{{.ID}} {{index .Labels \"" + PodmanRun.LABEL + "\"}}")
                .within(LIMIT));
        List<String> ids = new ArrayList<>();
        if (listed.ok()) {
            for (String line : listed.output().lines().toList()) {
                String[] words = line.strip().split(" ", 2);
                if (words.length == 2 && words[0].matches("[0-9a-f]{12,64}") && whose.test(Owner.parse(words[1]))) {
                    ids.add(words[0]);
                }
            }
        }
        for (String id : ids) {
            runner.run(Command.of("podman", "rm", "--force", "--time=0", id).within(LIMIT));
        }
        return ids.size();
    }
}
