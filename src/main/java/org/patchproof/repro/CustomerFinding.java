package org.patchproof.repro;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchproof.console.Fault;
import org.patchproof.console.Mark;
import org.patchproof.repro.JobEnd.Ending;

/**
 * What one start of a customer's machine means for a release. What went wrong speaks against the release only where
 * nothing else can be to blame; but a machine that is lost under the released kernel may have been lost by that.
 *
 * @param kind whether it was as it must be
 * @param words why not; empty when it was
 */
public record CustomerFinding(Kind kind, String words) {
    private static final CustomerFinding FINE = new CustomerFinding(Kind.AS_IT_MUST_BE, "");
    private static final String SECTION = "== ";
    private static final int LAST_WORDS = 6;

    private static final Map<String, String> WHY = Map.of(
            "key-not-imported", "the guest's rpm did not take the public key",
            "tampered-taken",
                    "the guest's package manager installed the kernel from a repository that was tampered with",
            "tampered-unsaid", "the guest's package manager did not complain of a repository that was tampered with",
            "update-failed", "the guest's package manager could not update",
            "update-brought-another", "after the update the released kernel is not installed",
            "old-kernel-gone", "the unfixed kernel was removed: there is nothing to go back to",
            "no-image", "the installed package left no kernel image in /boot",
            "remove-failed", "the guest's package manager could not remove the released kernel",
            "still-installed", "the released kernel is still installed after it was removed",
            "image-left", "the released kernel's image is still there after it was removed");

    /** Whether it was as it must be, and if not, whose fault that is. */
    public enum Kind {
        AS_IT_MUST_BE,
        /** It must not be released. */
        REFUSED,
        /** We failed, or nobody can tell: nothing is known of the release. */
        OURS
    }

    public CustomerFinding {
        requireNonNull(kind);
        requireNonNull(words);
    }

    /** Of {@link CustomerGuest#update}: every kind refused, then updated. */
    public static CustomerFinding update(GuestRun run, List<String> kinds) {
        return cameUp(run, "the unfixed kernel", Kind.OURS)
                .or(() -> didItsJob(run))
                .or(() -> {
                    List<String> seen = kindsRefused(run);
                    return seen.equals(kinds)
                            ? Optional.empty()
                            : Optional.of(ours("of what was tampered with, " + kinds + ", the guest tried " + seen));
                })
                .orElse(FINE);
    }

    /**
     * Of {@link CustomerGuest#traffic}: neither symptom nor fault, and every device gone.
     *
     * @param known titles of faults that the unfixed kernel shows in this guest as well
     */
    public static CustomerFinding traffic(GuestRun run, Set<String> known) {
        Optional<CustomerFinding> up = cameUp(run, "the released kernel", Kind.REFUSED);
        if (up.isPresent()) {
            return up.get();
        }
        TrialOutcome outcome = TrialOutcome.decide(run.evidence(), known, run.shown());
        return switch (outcome.outcome()) {
            case REPRODUCED -> refused("the released kernel shows the bug: " + outcome.detail());
            case FAULT -> refused("the released kernel complains: " + outcome.detail());
            default ->
                stuck(run)
                        .or(() -> lost(run))
                        .or(() -> ended(run))
                        .or(() -> quiet(run, outcome))
                        .orElse(FINE);
        };
    }

    /** Of {@link CustomerGuest#turnBack}. */
    public static CustomerFinding turnBack(GuestRun run, Set<String> known) {
        return cameUp(run, "the released kernel", Kind.REFUSED)
                .or(() -> newFault(run, known))
                .or(() -> lost(run))
                .or(() -> didItsJob(run))
                .orElse(FINE);
    }

    /** Of {@link CustomerGuest#remove}. */
    public static CustomerFinding remove(GuestRun run) {
        return cameUp(run, "the unfixed kernel, on the way back", Kind.REFUSED)
                .or(() -> didItsJob(run))
                .orElse(FINE);
    }

    /** Of {@link CustomerGuest#look}. */
    public static CustomerFinding back(GuestRun run) {
        return cameUp(run, "the unfixed kernel, after the released one was removed", Kind.REFUSED)
                .or(() -> didItsJob(run))
                .orElse(FINE);
    }

    /** What the job printed of each kind that was refused, and of what it did else: the last lines of each. */
    public static Map<String, List<String>> printed(GuestRun run) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : run.end().output()) {
            if (line.startsWith(SECTION)) {
                current = new ArrayList<>();
                sections.put(line.substring(SECTION.length()), current);
            } else {
                current.add(line);
            }
        }
        return sections;
    }

    /** The kinds that the guest refused, in order. */
    public static List<String> kindsRefused(GuestRun run) {
        return run.end().events().stream()
                .filter(event -> event.name().equals("tampered"))
                .filter(event -> event.value("taken").equals("no"))
                .map(event -> event.value("kind"))
                .toList();
    }

    private static Optional<CustomerFinding> cameUp(GuestRun run, String who, Kind blame) {
        JobEnd end = run.end();
        if (end.ending() == Ending.NO_HELLO) {
            Kind kind = end.doubtful() ? Kind.OURS : blame;
            return Optional.of(new CustomerFinding(
                    kind, who + " does not boot:\n    " + String.join("\n    ", run.bootFailure())));
        }
        if (end.ending() == Ending.GUEST_FAILED) {
            return Optional.of(ours("the guest could not be worked with: " + end.detail()));
        }
        if (run.proof().isEmpty() || !run.proof().get().whole()) {
            return Optional.of(
                    run.proof().isEmpty()
                            ? ours("the guest did not say what it booted: " + end.detail())
                            : new CustomerFinding(
                                    blame,
                                    "what booted is not " + who + ": "
                                            + String.join(
                                                    "; ", run.proof().get().missing())));
        }
        if (broke(end) && !run.evidence().fatal().isEmpty()) {
            Fault fault = run.evidence().fatal().get(0);
            return Optional.of(
                    new CustomerFinding(blame, who + " died: " + fault.title() + " " + at(run, fault.line())));
        }
        return Optional.empty();
    }

    private static Optional<CustomerFinding> didItsJob(GuestRun run) {
        Optional<JobEvent> refusal = run.end().event("refused");
        if (refusal.isPresent()) {
            String why = refusal.get().value("why");
            String kind = run.end().events().stream()
                    .filter(event -> event.name().equals("tampered"))
                    .filter(event -> !event.value("taken").equals("no"))
                    .map(event -> " (" + event.value("kind") + ")")
                    .findFirst()
                    .orElse("");
            return Optional.of(refused(WHY.getOrDefault(why, why) + kind + lastWords(run)));
        }
        return ended(run);
    }

    /** A reset or a hang says nothing on the console; to try again until none comes would hide what comes now and then. */
    private static Optional<CustomerFinding> lost(GuestRun run) {
        return broke(run.end())
                ? Optional.of(refused("the machine was lost under the released kernel, and whether that or this host is"
                        + " to blame cannot be told: " + run.end().detail() + lastWords(run)))
                : Optional.empty();
    }

    private static boolean broke(JobEnd end) {
        return end.ending() == Ending.DIED || end.ending() == Ending.TIMED_OUT;
    }

    private static Optional<CustomerFinding> ended(GuestRun run) {
        JobEnd end = run.end();
        if (end.ending() == Ending.EXITED && end.exitCode() == 0) {
            return Optional.empty();
        }
        String what = end.event("failed")
                .map(failed -> failed.value("script") + " failed with exit code " + failed.value("code")
                        + ", and whether it or the kernel is to blame cannot be told")
                .orElse(end.detail());
        return Optional.of(ours(what + lastWords(run)));
    }

    private static Optional<CustomerFinding> newFault(GuestRun run, Set<String> known) {
        return run.evidence().faults().stream()
                .filter(fault -> !known.contains(fault.title()))
                .findFirst()
                .map(fault -> refused("the released kernel complains: " + fault.title() + " " + at(run, fault.line())));
    }

    /** A symptom of the console is seen before this; a device that stays in silence, here. */
    private static Optional<CustomerFinding> stuck(GuestRun run) {
        return run.evidence()
                .mark("device-stuck")
                .map(mark -> refused("under the released kernel a device did not go: " + mark.values() + " "
                        + at(run, mark.line())));
    }

    private static Optional<CustomerFinding> quiet(GuestRun run, TrialOutcome outcome) {
        if (run.evidence().symptom().isPresent()) {
            return Optional.of(ours(outcome.detail()));
        }
        if (!run.evidence().damage().isEmpty()) {
            return Optional.of(ours("the console is damaged, so its silence says nothing: "
                    + run.evidence().damage().get(0).text()));
        }
        for (String word : List.of(Mark.BEGIN, Mark.TEARDOWN_DONE, Mark.DEVICES_GONE)) {
            if (run.evidence().mark(word).isEmpty()) {
                return Optional.of(ours("the guest never said 'patchproof: " + word + "'; see " + run.shown()));
            }
        }
        return Optional.empty();
    }

    private static String lastWords(GuestRun run) {
        List<String> output = run.end().output();
        return output.isEmpty()
                ? ""
                : "\n    "
                        + String.join("\n    ", output.subList(Math.max(0, output.size() - LAST_WORDS), output.size()));
    }

    private static String at(GuestRun run, long line) {
        return "(" + run.shown() + ":" + line + ")";
    }

    private static CustomerFinding refused(String words) {
        return new CustomerFinding(Kind.REFUSED, words);
    }

    private static CustomerFinding ours(String words) {
        return new CustomerFinding(Kind.OURS, words);
    }
}
