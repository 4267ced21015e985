package org.patchproof.triage;

import java.util.Optional;

/**
 * {@code journalctl -o export}: an entry is some lines {@code FIELD=value} and an empty one. A field with
 * bytes that are no text has its name on a line, then eight bytes with its length and the bytes; of such a
 * message the first line is read. <a href="https://systemd.io/JOURNAL_EXPORT_FORMATS/">The format.</a>
 */
final class JournalExport {
    private boolean active;
    private boolean first = true;
    private boolean binary;
    private Optional<Moment> moment = Optional.empty();
    private Optional<String> host = Optional.empty();
    private Optional<String> message = Optional.empty();
    private Optional<LogLine> complete = Optional.empty();

    /** Whether the log is of this format, which its first line tells. */
    boolean active() {
        return active;
    }

    /** Whether {@code line} belongs to this format, and so was read. */
    boolean takes(String line, long number) {
        if (first) {
            first = false;
            active = number == 1 && line.startsWith("__CURSOR=");
        }
        if (!active) {
            return false;
        }
        complete = Optional.empty();
        if (binary) {
            binary = false;
            message = Optional.of(line.length() > 8 ? line.substring(8) : "");
        } else if (line.isEmpty()) {
            complete = end();
        } else if (line.equals("MESSAGE")) {
            binary = true;
        } else if (line.startsWith("MESSAGE=")) {
            message = Optional.of(line.substring(8));
        } else if (line.startsWith("_HOSTNAME=")) {
            host = Optional.of(LineParser.shortHost(line.substring(10)));
        } else if (line.startsWith("__REALTIME_TIMESTAMP=")) {
            moment = JsonLine.micros(line.substring(21));
        }
        return true;
    }

    /** The entry that the last line ended. */
    Optional<LogLine> complete() {
        return complete;
    }

    /** The entry at hand, which ends here. */
    Optional<LogLine> end() {
        Optional<LogLine> entry = message.map(text -> new LogLine(moment, host, text));
        message = Optional.empty();
        moment = Optional.empty();
        return entry;
    }
}
