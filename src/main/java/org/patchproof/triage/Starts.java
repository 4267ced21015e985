package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * When a node's kernel started anew, as one log tells it: by the kernel's banner, by a time since boot that goes back a
 * good deal, or by what journalctl writes between two boots. Only a line that was logged before a start, and not by
 * it, tells that the node still lived: what is logged before the banner, the kernel's own first lines and those of
 * journald among them, is of the start that follows.
 */
final class Starts {
    /** What is logged of a start before its banner comes within so long. */
    static final Duration STARTING = Duration.ofSeconds(10);

    /** Messages of several processors may come in another order, but not by so much. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    private static final int MOST = 1000;

    /**
     * A start.
     *
     * @param lived when the kernel before it is known to have logged last
     * @param at the first line of this one
     * @param release of the kernel, where its banner was logged
     */
    record Start(Optional<Moment> lived, Moment at, Optional<String> release) {}

    private final List<Start> all = new ArrayList<>();
    private final Deque<Moment> recent = new ArrayDeque<>();
    private Optional<Moment> last = Optional.empty();
    private Duration uptime = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private int count;
    private boolean announced;

    /** In the order of the log, so many as are kept. */
    List<Start> all() {
        return List.copyOf(all);
    }

    /** The next line is of another start, journalctl says. */
    void announce() {
        announced = last.isPresent();
    }

    /** Whether a line tells of a start. */
    boolean tells(Moment logged, boolean banner) {
        return banner || announced || back(logged);
    }

    /** Whether a line that was logged before {@code start} is of the kernel before it. */
    boolean before(Moment line, Moment start) {
        if (line.clock() != start.clock()) {
            return false;
        }
        return start.clock() == Moment.Clock.BOOT
                ? line.uptime().minus(start.uptime()).compareTo(DISORDER) > 0
                : announced || start.since(line).compareTo(STARTING) >= 0;
    }

    private boolean back(Moment logged) {
        return logged.clock() == Moment.Clock.BOOT
                && uptime.minus(logged.uptime()).compareTo(DISORDER) > 0;
    }

    /**
     * The moment of a line: a time since boot counts from the start that it belongs to.
     *
     * @param release when the line is a kernel's banner
     */
    Moment place(Moment logged, Optional<String> release) {
        boolean boot = logged.clock() == Moment.Clock.BOOT;
        boolean anew = announced || back(logged) || boot && release.isPresent() && longest.compareTo(STARTING) > 0;
        Optional<Moment> lived = boot ? ofLongest() : announced ? last : settled(logged);
        if (boot && anew) {
            count++;
            longest = Duration.ZERO;
        }
        Moment moment = boot ? logged.afterStarts(count) : logged;
        if (release.isPresent() && !anew && nameLast(moment, release)) {
            // the banner of a start that is known already
        } else if (anew || release.isPresent()) {
            add(new Start(lived, moment, release));
        }
        announced = false;
        passed(logged, moment);
        return moment;
    }

    /** The moment of a line that was passed over, of the kernel before the start that the next line tells of. */
    Moment lived(Moment logged) {
        Moment moment = logged.clock() == Moment.Clock.BOOT ? logged.afterStarts(count) : logged;
        passed(logged, moment);
        return moment;
    }

    private Optional<Moment> ofLongest() {
        return longest.isZero()
                ? Optional.empty()
                : Optional.of(Moment.sinceBoot(longest).afterStarts(count));
    }

    private boolean nameLast(Moment moment, Optional<String> release) {
        if (all.isEmpty()) {
            return false;
        }
        Start start = all.get(all.size() - 1);
        boolean same = start.release().isEmpty()
                && start.at().clock() == moment.clock()
                && moment.since(start.at()).compareTo(DISORDER) < 0;
        if (same) {
            all.set(all.size() - 1, new Start(start.lived(), start.at(), release));
        }
        return same;
    }

    private void add(Start start) {
        if (all.size() < MOST) {
            all.add(start);
        }
    }

    private void passed(Moment logged, Moment moment) {
        last = Optional.of(moment);
        if (logged.clock() == Moment.Clock.BOOT) {
            uptime = logged.uptime();
            longest = uptime.compareTo(longest) > 0 ? uptime : longest;
        } else {
            remember(moment);
        }
    }

    /** The last line of each second, of those that may have to be told from a start's. */
    private void remember(Moment moment) {
        Moment newest = recent.peekLast();
        if (newest != null && newest.at().getEpochSecond() == moment.at().getEpochSecond()) {
            recent.removeLast();
        }
        recent.addLast(moment);
        if (recent.size() > STARTING.toSeconds() + 2) {
            recent.removeFirst();
        }
    }

    /** The last line that was not of the start of which {@code banner} tells. */
    private Optional<Moment> settled(Moment banner) {
        Iterator<Moment> newestFirst = recent.descendingIterator();
        while (newestFirst.hasNext()) {
            Moment line = newestFirst.next();
            if (banner.since(line).compareTo(STARTING) >= 0) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
