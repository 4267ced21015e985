package org.patchproof.triage;

import java.util.ArrayList;
import java.util.List;

/** How often the symptoms are there in lines of which no time is known. */
final class Undated {
    private final List<BugPatterns> bugs;
    private final long[] counts;

    Undated(List<BugPatterns> bugs) {
        this.bugs = bugs;
        this.counts = new long[bugs.size()];
    }

    void look(LogLine line) {
        for (int i = 0; i < counts.length; i++) {
            if (bugs.get(i).symptom().in(line.text()).isPresent()) {
                counts[i]++;
            }
        }
    }

    /** One for each bug. */
    List<Long> counts() {
        List<Long> list = new ArrayList<>();
        for (long count : counts) {
            list.add(count);
        }
        return list;
    }

    long all() {
        return counts().stream().mapToLong(Long::longValue).sum();
    }
}
