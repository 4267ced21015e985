package org.patchproof.triage;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What logs say of known bugs.
 *
 * @param bugs each bug that was looked for, with its findings, the surest first
 * @param logs what was read
 * @param notes what could not be read, or was left out
 */
public record TriageReport(List<OfBug> bugs, List<Log> logs, List<String> notes) {
    public TriageReport {
        bugs = List.copyOf(bugs);
        logs = List.copyOf(logs);
        notes = List.copyOf(notes);
    }

    /**
     * A log; its size is that without packing.
     *
     * @param read false where it is of a form that is not read, as a note says
     */
    public record Log(String name, List<String> nodes, long lines, long bytes, boolean read) {
        public Log {
            Objects.requireNonNull(name);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A bug.
     *
     * @param undated how often its symptom is there where no time is known; none of these are in the findings
     */
    public record OfBug(String name, String title, List<Finding> findings, long undated) {
        public OfBug {
            Objects.requireNonNull(name);
            Objects.requireNonNull(title);
            findings = List.copyOf(findings);
        }
    }

    /** How sure it is that a finding is the bug. */
    public enum Sure {
        /** It lasts, the kernel has the bug, and more speaks for it. */
        VERY_LIKELY("very likely"),
        /** It lasts, and the kernel or something else speaks for it. */
        LIKELY("likely"),
        /** It lasts. */
        POSSIBLE("possible"),
        /** It had not lasted long enough when the log ended. */
        TOO_EARLY("too early to tell"),
        /** It lasts, but the kernel has the fix. */
        UNLIKELY("unlikely"),
        /** The spec knows this subject as another bug's. */
        OTHER_BUG("another bug"),
        /** It ended by itself. */
        WENT_AWAY("no leak");

        private final String words;

        Sure(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** How the longest spell of the symptom ended. */
    public enum End {
        /** It goes on to the end of the log. */
        LOG_ENDS("until the log ends"),
        /** The machine was started anew. */
        REBOOT("until a reboot"),
        /** The log goes on without it. */
        STOPPED("then it stopped");

        private final String words;

        End(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** What is known of a kernel. */
    public enum Has {
        BUG,
        FIX,
        UNKNOWN
    }

    /** A kernel that ran on a node. */
    public record Kernel(String release, Has has, String why) {
        public Kernel {
            Objects.requireNonNull(release);
            Objects.requireNonNull(has);
            Objects.requireNonNull(why);
        }
    }

    /**
     * Something that goes with the symptom: on the same node, at the same time.
     *
     * @param count how often in that time
     * @param longest the longest that one took, where the log tells
     */
    public record Companion(
            String title, long count, Moment first, Moment last, Optional<Duration> longest, Seen place) {
        public Companion {
            Objects.requireNonNull(title);
            Objects.requireNonNull(first);
            Objects.requireNonNull(last);
            Objects.requireNonNull(longest);
            Objects.requireNonNull(place);
        }
    }

    /**
     * The symptom on one node and one subject.
     *
     * @param why in a sentence, how sure and for what reason
     * @param since when the longest spell began
     * @param orEarlier whether the log begins so near to it that it may have begun before
     * @param lasted how long it was
     * @param count how often the symptom came in all spells
     * @param spells how many there were
     * @param value what became of the number that the symptom tells
     * @param place the first line of the longest spell
     * @param text the message there
     * @param otherwise what else it could be
     * @param see where to read about the other bug that it is
     * @param verify the command that would prove it, as arguments
     * @param otherKernel that this command tries another kernel, and how to try the one that ran
     */
    public record Finding(
            String node,
            String subject,
            Sure sure,
            String why,
            Moment since,
            boolean orEarlier,
            Duration lasted,
            End end,
            long count,
            int spells,
            Optional<String> value,
            List<Kernel> kernels,
            List<Companion> with,
            Seen place,
            String text,
            Optional<String> otherwise,
            Optional<String> see,
            List<String> verify,
            Optional<String> otherKernel) {
        public Finding {
            Objects.requireNonNull(node);
            Objects.requireNonNull(subject);
            Objects.requireNonNull(sure);
            Objects.requireNonNull(why);
            Objects.requireNonNull(since);
            Objects.requireNonNull(lasted);
            Objects.requireNonNull(end);
            Objects.requireNonNull(value);
            kernels = List.copyOf(kernels);
            with = List.copyOf(with);
            Objects.requireNonNull(place);
            Objects.requireNonNull(text);
            Objects.requireNonNull(otherwise);
            Objects.requireNonNull(see);
            verify = List.copyOf(verify);
            Objects.requireNonNull(otherKernel);
        }
    }
}
