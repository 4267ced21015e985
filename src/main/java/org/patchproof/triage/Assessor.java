package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.plan.TriageSpec;
import org.patchproof.triage.TriageReport.Companion;
import org.patchproof.triage.TriageReport.End;
import org.patchproof.triage.TriageReport.Finding;
import org.patchproof.triage.TriageReport.Has;
import org.patchproof.triage.TriageReport.Kernel;
import org.patchproof.triage.TriageReport.Sure;

/** Says of each subject on a node how sure it is that it shows a bug, and why. */
final class Assessor {
    private final BugPatterns bug;
    private final TriageSpec spec;
    private final String node;
    private final Lineup lineup;

    Assessor(BugPatterns bug, String node, Lineup lineup) {
        this.bug = bug;
        this.spec = bug.spec();
        this.node = node;
        this.lineup = lineup;
    }

    List<Finding> findings() {
        return lineup.subjects().entrySet().stream().map(this::finding).toList();
    }

    private Finding finding(Map.Entry<String, List<Spell>> subject) {
        Spell worst = worst(subject.getKey(), subject.getValue());
        SpellTrack.Counted counted =
                lineup.counted(subject.getKey(), worst.first().clock());
        // Logs by the clock of the day and by the kernel's have the same messages: they are not added.
        List<Spell> same = subject.getValue().stream()
                .filter(spell -> spell.first().clock() == worst.first().clock())
                .toList();
        End end = lineup.end(subject.getKey(), worst);
        List<Kernel> kernels = lineup.releases(worst).stream()
                .map(release -> KernelRelease.judge(release, spec.affected()))
                .toList();
        List<Companion> with = lineup.with(worst);
        Optional<TriageSpec.Rival> rival = rival(subject.getKey(), kernels);
        Sure sure = sure(worst, end, rival, kernels, with);
        return new Finding(
                node,
                subject.getKey(),
                sure,
                why(sure, worst, rival, kernels),
                worst.first(),
                lineup.mayBeginEarlier(subject.getKey(), worst),
                worst.length(),
                end,
                same.stream().mapToLong(Spell::count).sum() + counted.messages(),
                same.size() + (int) counted.spells(),
                value(worst),
                kernels,
                with,
                worst.place(),
                worst.text(),
                otherwise(sure),
                rival.flatMap(TriageSpec.Rival::see).map(Object::toString),
                verify(sure, kernels),
                otherKernel(sure, kernels));
    }

    /** What the subject speaks of, unless no kernel that ran can have it. */
    private Optional<TriageSpec.Rival> rival(String subject, List<Kernel> kernels) {
        return spec.rivals().stream()
                .filter(r -> Pattern.compile(r.subject()).matcher(subject).find())
                .filter(r -> kernels.isEmpty()
                        || r.fixed().isEmpty()
                        || kernels.stream()
                                .anyMatch(k -> KernelRelease.compare(
                                                k.release(), r.fixed().get())
                                        < 0))
                .findFirst();
    }

    /** The longest of those that did not stop by themselves, else the longest of all. */
    private Spell worst(String subject, List<Spell> spells) {
        return spells.stream()
                .max(Comparator.comparing((Spell s) -> lineup.end(subject, s) != End.STOPPED)
                        .thenComparing(Spell::length))
                .orElseThrow();
    }

    private Sure sure(
            Spell worst, End end, Optional<TriageSpec.Rival> rival, List<Kernel> kernels, List<Companion> with) {
        if (rival.isPresent()) {
            return Sure.OTHER_BUG;
        }
        if (end == End.STOPPED) {
            return Sure.WENT_AWAY;
        }
        if (worst.length().compareTo(spec.lasting()) < 0) {
            return Sure.TOO_EARLY;
        }
        boolean has = kernels.stream().anyMatch(k -> k.has() == Has.BUG);
        boolean fixed = !kernels.isEmpty() && kernels.stream().allMatch(k -> k.has() == Has.FIX);
        if (fixed) {
            return Sure.UNLIKELY;
        }
        boolean more = !with.isEmpty();
        return has && more ? Sure.VERY_LIKELY : has || more ? Sure.LIKELY : Sure.POSSIBLE;
    }

    private String why(Sure sure, Spell worst, Optional<TriageSpec.Rival> rival, List<Kernel> kernels) {
        String lasting = "the message goes on for " + Times.length(worst.length()) + rhythm(worst);
        return switch (sure) {
            case OTHER_BUG -> rival.orElseThrow().title();
            case WENT_AWAY ->
                "the message stopped after " + Times.length(worst.length())
                        + " while the log goes on: what was held was let go";
            case TOO_EARLY ->
                "the message goes on for only " + Times.length(worst.length()) + " when the log ends; the bug takes "
                        + Times.length(spec.lasting()) + " or more to be told from a late release";
            case UNLIKELY -> lasting + ", but the kernel has the fix: look for another cause";
            case VERY_LIKELY -> lasting + ", the kernel has the bug, and more goes with it";
            case LIKELY ->
                kernels.stream().anyMatch(k -> k.has() == Has.BUG)
                        ? lasting + ", and the kernel has the bug"
                        : lasting + ", and more goes with it; " + unknown(kernels);
            case POSSIBLE -> lasting + ", but nothing goes with it, and " + unknown(kernels);
        };
    }

    /** What to know of a message that comes more rarely than the spec says. */
    private static String rhythm(Spell worst) {
        return worst.rhythm().isZero()
                ? ""
                : " (but only every " + Times.length(worst.rhythm()) + "; what is made anew as often looks the same)";
    }

    private static String unknown(List<Kernel> kernels) {
        return kernels.isEmpty() ? "the logs name no kernel" : "whether the kernel has the bug is not known";
    }

    private Optional<String> value(Spell worst) {
        return worst.value().map(v -> {
            String name = spec.value().orElse("value");
            return v.least() == v.most()
                    ? worst.count() > 1 ? name + " stays at " + v.last() : name + " is " + v.last()
                    : name + " goes between " + v.least() + " and " + v.most() + ", at last " + v.last();
        });
    }

    private Optional<String> otherwise(Sure sure) {
        return sure == Sure.OTHER_BUG || sure == Sure.WENT_AWAY ? Optional.empty() : spec.otherwise();
    }

    private List<String> verify(Sure sure, List<Kernel> kernels) {
        if (sure == Sure.OTHER_BUG || sure == Sure.WENT_AWAY) {
            return List.of();
        }
        List<String> command =
                new ArrayList<>(List.of("patchproof", "verify", bug.bug().name()));
        standsIn(kernels).ifPresent(by -> command.addAll(List.of("--kernel", by.name())));
        return command;
    }

    /** The bug's kernel that verify would try for a release that ran. */
    private record StandIn(String name, String release) {}

    private Optional<StandIn> standsIn(List<Kernel> kernels) {
        return kernels.stream()
                .flatMap(k ->
                        KernelRelease.specFor(k.release(), spec).map(name -> new StandIn(name, k.release())).stream())
                .findFirst();
    }

    /** What to know where verify would try another kernel than that which ran. */
    private Optional<String> otherKernel(Sure sure, List<Kernel> kernels) {
        if (sure == Sure.OTHER_BUG || sure == Sure.WENT_AWAY) {
            return Optional.empty();
        }
        return standsIn(kernels)
                .filter(by -> !KernelRelease.sameLine(by.name(), by.release()))
                .map(by -> by.name() + " is another kernel than " + by.release()
                        + ": that shows the bug, not whether yours has it. To try yours, describe it in specs/kernels/"
                        + " (kind: srpm), give the bug variants for it, and its source with --srpm");
    }

    /** For sorting: the surest first, then by length. */
    static Comparator<Finding> order() {
        return Comparator.comparing(Finding::sure)
                .thenComparing(Comparator.comparing(Finding::lasted, Comparator.<Duration>reverseOrder()))
                .thenComparing(Finding::node)
                .thenComparing(Finding::subject);
    }
}
