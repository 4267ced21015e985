package org.patchproof.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.Mark;
import org.patchproof.report.Findings;
import org.patchproof.report.Findings.Moment.Kind;
import org.patchproof.repro.Moment;
import org.patchproof.repro.Trial;

/** Trials in the words of the report room, with the lines of their consoles that count. */
final class TrialsInWords {
    /** So many exposures of a trial are shown with their console lines: the rest is in the log. */
    private static final int EXPOSURES_SHOWN = 2;

    /** So many trials of a variant are shown with console lines. */
    private static final int TRIALS_SHOWN = 2;

    private static final Pattern LINE = Pattern.compile(":(\\d{1,9})$");

    private TrialsInWords() {}

    static List<Findings.Trial> of(MergedVariant variant) {
        List<Findings.Trial> trials = new ArrayList<>();
        int shown = 0;
        Trial.Outcome before = null;
        for (MergedVariant.Counted counted : variant.trials()) {
            boolean show = shown < TRIALS_SHOWN && counted.trial().outcome() != before;
            shown += show ? 1 : 0;
            before = counted.trial().outcome();
            trials.add(trial(counted, show ? excerpt(counted) : List.of()));
        }
        return trials;
    }

    private static Findings.Trial trial(MergedVariant.Counted counted, List<Findings.Line> excerpt) {
        Trial trial = counted.trial();
        return new Findings.Trial(
                trial.number(),
                counted.part().run().id(),
                counted.record().trial().number(),
                trial.outcome().name(),
                trial.exposures(),
                trial.detail(),
                trial.elapsed(),
                counted.record().ended(),
                trial.faults(),
                PartsInWords.booted(counted.record()),
                trial.console(),
                moments(trial.timeline()),
                excerpt);
    }

    private static List<Findings.Line> excerpt(MergedVariant.Counted counted) {
        Trial trial = counted.trial();
        Path bundle = counted.part().run().directory();
        return BundleFiles.find(bundle, trial.console())
                .map(console -> ExcerptReader.read(console, counting(trial)))
                .orElse(List.of());
    }

    /** The lines that the numbers come from: the first of each kind, and both ends. */
    private static SortedSet<Long> counting(Trial trial) {
        SortedSet<Long> lines = new TreeSet<>();
        if (trial.timeline().isEmpty()) {
            trial.symptomAt().flatMap(TrialsInWords::line).ifPresent(lines::add);
        }
        int exposures = 0;
        boolean symptom = false;
        boolean fault = false;
        for (Moment moment : trial.timeline()) {
            boolean wanted = switch (moment.kind()) {
                case MARK -> kind(moment).isPresent();
                case EXPOSURE -> exposures++ < EXPOSURES_SHOWN;
                case SYMPTOM -> !symptom;
                case FAULT -> !fault;
                case UNREADABLE -> false;
            };
            symptom |= moment.kind() == Moment.Kind.SYMPTOM;
            fault |= moment.kind() == Moment.Kind.FAULT;
            if (wanted) {
                lines.add(moment.line());
            }
        }
        return lines;
    }

    /** Of {@code console-1.log:204} the 204: all that bundles without timelines know. */
    private static Optional<Long> line(String place) {
        Matcher number = LINE.matcher(place);
        return number.find() ? Optional.of(Long.valueOf(number.group(1))) : Optional.empty();
    }

    private static List<Findings.Moment> moments(List<Moment> timeline) {
        Optional<Duration> begin = timeline.stream()
                .filter(moment -> kind(moment).filter(Kind.BEGIN::equals).isPresent())
                .findFirst()
                .flatMap(Moment::stamp);
        List<Findings.Moment> moments = new ArrayList<>();
        for (Moment moment : timeline) {
            Optional<Kind> kind = kind(moment);
            if (kind.isPresent() && begin.isPresent() && moment.stamp().isPresent()) {
                Duration at = moment.stamp().get().minus(begin.get());
                if (!at.isNegative()) {
                    moments.add(new Findings.Moment(kind.get(), at, moment.line(), moment.text()));
                }
            }
        }
        return moments;
    }

    private static Optional<Kind> kind(Moment moment) {
        return switch (moment.kind()) {
            case MARK -> mark(moment.text());
            case EXPOSURE -> Optional.of(Kind.EXPOSURE);
            case SYMPTOM -> Optional.of(Kind.SYMPTOM);
            case FAULT -> Optional.of(Kind.FAULT);
            case UNREADABLE -> Optional.empty();
        };
    }

    private static Optional<Kind> mark(String word) {
        return switch (word) {
            case Mark.BEGIN -> Optional.of(Kind.BEGIN);
            case Mark.TEARDOWN_DONE -> Optional.of(Kind.TEARDOWN);
            case Mark.DEVICES_GONE -> Optional.of(Kind.GONE);
            default -> Optional.empty();
        };
    }
}
