package org.patchproof.triage;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The nodes of a log of which a symptom is the last that is known. Once the log is past the time in which it would come
 * again, each line matters until one of that node is met: whether it logs on tells a device that went away from one
 * that is waited for until the log ends.
 */
final class Unsettled {
    /** A node that logs nothing in so much of a log has ended, as far as can be told. */
    private static final long MOST = 4L << 20;

    private final Duration gap;
    /** By the time of the last symptom. */
    private final Map<String, Moment> symptoms = new LinkedHashMap<>();

    private long since = -1;

    /** @param gap a longer silence ends a spell */
    Unsettled(Duration gap) {
        this.gap = gap;
    }

    /** Whether one was found to be due just now, and nothing was read because of it yet. */
    boolean firstDueAt(long offset) {
        return since == offset;
    }

    boolean has(String node) {
        return symptoms.containsKey(node);
    }

    void symptom(String node, Moment moment) {
        symptoms.remove(node);
        symptoms.put(node, moment);
    }

    /** Any line of a node. */
    void line(String node, Moment moment) {
        Moment symptom = symptoms.get(node);
        if (symptom != null && past(symptom, moment)) {
            symptoms.remove(node);
        }
    }

    /** Whether each line matters, at a place and a time of the log. */
    boolean wantsAll(Moment now, long offset) {
        Iterator<Moment> oldestFirst = symptoms.values().iterator();
        while (oldestFirst.hasNext()) {
            Moment symptom = oldestFirst.next();
            if (symptom.clock() != now.clock()) {
                continue;
            }
            if (!past(symptom, now)) {
                break;
            }
            since = since < 0 ? offset : since;
            if (offset - since <= MOST) {
                return true;
            }
            oldestFirst.remove();
        }
        since = -1;
        return false;
    }

    private boolean past(Moment symptom, Moment now) {
        return symptom.clock() == now.clock() && now.since(symptom).compareTo(gap) > 0;
    }
}
