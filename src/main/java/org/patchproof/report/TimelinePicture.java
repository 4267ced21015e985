package org.patchproof.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Moment;
import org.patchproof.report.Findings.Trial;
import org.patchproof.report.Findings.Variant;

/**
 * Trials as a picture, a lane each, the control's above the candidate's, on one scale of seconds since
 * provoking began: where a candidate passed the same exposures and nothing came of it, one look says so.
 *
 * @param height of the picture; its width is {@link #WIDTH}
 */
record TimelinePicture(String title, String description, int height, int axis, List<Lane> lanes, List<Tick> ticks) {
    static final int WIDTH = 760;

    private static final int LEFT = 104;
    private static final int RIGHT = 16;
    private static final int LANE = 22;
    private static final int TOP = 8;
    private static final int MOST_LANES = 8;
    private static final int MOST_MARKS = 40;

    /** A trial: its label, the line from its begin to its last moment, its marks. */
    record Lane(String label, int y, int textY, int top, int from, int to, String css, List<Drawn> marks) {}

    /** A moment; {@code shape} is a path around the origin. */
    record Drawn(String css, int x, int y, String shape, String fill, String title) {}

    /** A number on the axis. */
    record Tick(int x, String label) {}

    static Optional<TimelinePicture> of(Cell cell, Variant variant) {
        List<Trial> own = drawable(variant);
        List<Trial> control = variant.role() == VerdictTable.Role.CONTROL
                ? List.of()
                : HtmlVariant.control(cell).map(TimelinePicture::drawable).orElse(List.of());
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Duration longest = Duration.ofSeconds(1);
        for (Trial trial : control) {
            longest = later(longest, trial);
        }
        for (Trial trial : own) {
            longest = later(longest, trial);
        }
        List<Lane> lanes = new ArrayList<>();
        for (Trial trial : control) {
            lanes.add(lane("control " + trial.number(), "control", trial, lanes.size(), longest));
        }
        String label = variant.role() == VerdictTable.Role.CONTROL ? "control " : "candidate ";
        for (Trial trial : own) {
            lanes.add(lane(label + trial.number(), label.strip(), trial, lanes.size(), longest));
        }
        int axis = TOP + lanes.size() * LANE + 4;
        return Optional.of(new TimelinePicture(
                "Trials of " + cell.label() + " " + variant.name() + " over time",
                description(control, "control") + description(own, label.strip()),
                axis + 20,
                axis,
                lanes,
                ticks(longest)));
    }

    private static List<Trial> drawable(Variant variant) {
        return variant.trials().stream()
                .filter(trial -> !trial.moments().isEmpty())
                .limit(MOST_LANES)
                .toList();
    }

    private static Duration later(Duration longest, Trial trial) {
        Duration last = trial.moments().get(trial.moments().size() - 1).at();
        return last.compareTo(longest) > 0 ? last : longest;
    }

    private static String description(List<Trial> trials, String arm) {
        StringBuilder words = new StringBuilder();
        for (Trial trial : trials) {
            words.append(arm).append(" trial ").append(trial.number()).append(": ");
            words.append(trial.outcome()).append(", ").append(Words.count(trial.exposures(), "exposure"));
            words.append(". ");
        }
        return words.toString();
    }

    private static Lane lane(String label, String css, Trial trial, int number, Duration longest) {
        int y = TOP + number * LANE + LANE / 2;
        List<Drawn> marks = new ArrayList<>();
        for (Moment moment : trial.moments()) {
            if (marks.size() < MOST_MARKS || moment.kind() != Moment.Kind.EXPOSURE) {
                marks.add(drawn(moment, y, longest));
            }
        }
        int end = x(trial.moments().get(trial.moments().size() - 1).at(), longest);
        return new Lane(label, y, y + 4, y - LANE / 2, LEFT, end, css, marks);
    }

    private static Drawn drawn(Moment moment, int y, Duration longest) {
        String at = seconds(moment.at()) + ", line " + moment.line();
        int x = x(moment.at(), longest);
        return switch (moment.kind()) {
            case BEGIN -> new Drawn("b", x, y, "M0-6V6", "#57606a", "begin: " + at);
            case EXPOSURE -> new Drawn("e", x, y, "M0-6 6 0 0 6-6 0z", "#b45f06", "exposure: " + at);
            case TEARDOWN -> new Drawn("t", x, y, "M-1-9H1V9H-1z", "#3f6fb5", "teardown: " + at);
            case GONE -> new Drawn("g", x, y, "M-6 0-2 4 6-5", "#1a7f37", "every device gone: " + at);
            case SYMPTOM -> new Drawn("s", x, y, "M-5-5 5 5M5-5-5 5", "#c01f2e", "symptom: " + at);
            case FAULT -> new Drawn("f", x, y, "M-5-5H5V5H-5z", "#7d3cb5", "fault: " + at + ": " + moment.text());
        };
    }

    private static int x(Duration at, Duration longest) {
        double share = (double) at.toMillis() / Math.max(1, longest.toMillis());
        return LEFT + (int) Math.round(share * (WIDTH - LEFT - RIGHT));
    }

    private static List<Tick> ticks(Duration longest) {
        long step = 1;
        for (long wanted : new long[] {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600}) {
            step = wanted;
            if (longest.toSeconds() / wanted <= 8) {
                break;
            }
        }
        List<Tick> ticks = new ArrayList<>();
        for (long second = 0; second <= longest.toSeconds() && ticks.size() < 20; second += step) {
            ticks.add(new Tick(x(Duration.ofSeconds(second), longest), second + " s"));
        }
        return ticks;
    }

    private static String seconds(Duration at) {
        return String.format(Locale.ROOT, "%.1f s", at.toMillis() / 1000.0);
    }
}
