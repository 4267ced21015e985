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
 * @param axis where the axis stands
 * @param scale the axis with its ticks, as a path
 */
record TimelinePicture(
        String title, String description, int height, int axis, String scale, List<Lane> lanes, List<Tick> ticks) {
    static final int WIDTH = 760;

    private static final int LEFT = 104;
    private static final int RIGHT = 16;
    private static final int LANE = 22;
    private static final int TOP = 8;
    private static final int MOST_LANES = 8;
    private static final int MOST_MARKS = 40;

    /** A trial: its label, the line from its begin to its last moment, its marks. */
    record Lane(String label, int y, int textY, int from, int to, String css, List<Drawn> marks) {}

    /** All moments of one kind in a lane, as one path; {@code title} tells when each was. */
    record Drawn(String css, String path, String fill, String stroke, String title) {}

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
                scale(ticks(longest), axis),
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
        for (Moment.Kind kind : Moment.Kind.values()) {
            List<Moment> same = trial.moments().stream()
                    .filter(moment -> moment.kind() == kind)
                    .limit(MOST_MARKS)
                    .toList();
            if (!same.isEmpty()) {
                marks.add(drawn(kind, same, y, longest));
            }
        }
        int end = x(trial.moments().get(trial.moments().size() - 1).at(), longest);
        return new Lane(label, y, y + 4, LEFT, end, css, marks);
    }

    private static Drawn drawn(Moment.Kind kind, List<Moment> moments, int y, Duration longest) {
        StringBuilder path = new StringBuilder();
        StringBuilder when = new StringBuilder();
        for (Moment moment : moments) {
            int x = x(moment.at(), longest);
            path.append(
                    switch (kind) {
                        case BEGIN -> "M" + x + " " + (y - 6) + "v12";
                        case EXPOSURE -> "M" + x + " " + (y - 6) + "l6 6-6 6-6-6z";
                        case TEARDOWN -> "M" + (x - 1) + " " + (y - 9) + "h2v18h-2z";
                        case GONE -> "M" + (x - 6) + " " + y + "l4 4 8-9";
                        case SYMPTOM -> "M" + (x - 5) + " " + (y - 5) + "l10 10m0-10l-10 10";
                        case FAULT -> "M" + (x - 5) + " " + (y - 5) + "h10v10h-10z";
                    });
            when.append(when.length() == 0 ? "" : "; ").append(seconds(moment.at()));
            when.append(", line ").append(moment.line());
            when.append(kind == Moment.Kind.FAULT ? ", " + moment.text() : "");
        }
        String shape = path.toString();
        return switch (kind) {
            case BEGIN -> new Drawn("b", shape, "none", "#57606a", "begin: " + when);
            case EXPOSURE -> new Drawn("e", shape, "#b45f06", "none", "exposure: " + when);
            case TEARDOWN -> new Drawn("t", shape, "#3f6fb5", "none", "teardown: " + when);
            case GONE -> new Drawn("g", shape, "none", "#1a7f37", "every device gone: " + when);
            case SYMPTOM -> new Drawn("s", shape, "none", "#c01f2e", "symptom: " + when);
            case FAULT -> new Drawn("f", shape, "#7d3cb5", "none", "fault: " + when);
        };
    }

    private static int x(Duration at, Duration longest) {
        double share = (double) at.toMillis() / Math.max(1, longest.toMillis());
        return LEFT + (int) Math.round(share * (WIDTH - LEFT - RIGHT));
    }

    private static String scale(List<Tick> ticks, int axis) {
        StringBuilder path = new StringBuilder("M" + LEFT + " " + axis + "H" + (WIDTH - RIGHT));
        ticks.forEach(tick ->
                path.append('M').append(tick.x()).append(' ').append(axis).append("v4"));
        return path.toString();
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
