package org.patchproof.triage;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;

/** What is known of a line while the layers that formats put before its message are taken off. */
final class Peeling {
    private String text;
    private Optional<Moment> zoned = Optional.empty();
    private Optional<LocalDateTime> local = Optional.empty();
    private Optional<Moment> boot = Optional.empty();
    private Optional<String> host = Optional.empty();

    Peeling(String text) {
        this.text = text;
    }

    /** What is left. */
    String text() {
        return text;
    }

    void text(String left) {
        text = left;
    }

    /** Takes off what was found. */
    boolean cut(Matcher found) {
        text = text.substring(found.end());
        return true;
    }

    /** A time with a zone: the outermost counts. */
    void zoned(Optional<Moment> moment) {
        if (zoned.isEmpty()) {
            zoned = moment;
        }
    }

    /** A time without one: the innermost counts, which was written first. */
    void local(LocalDateTime at) {
        local = Optional.of(at);
    }

    Optional<LocalDateTime> local() {
        return local;
    }

    void boot(Moment moment) {
        boot = Optional.of(moment);
    }

    void host(Matcher found) {
        if (host.isEmpty()) {
            host = Optional.ofNullable(found.group("host"));
        }
    }

    void host(Optional<String> named) {
        if (host.isEmpty()) {
            host = named;
        }
    }

    /** The line, where {@code local} is what its time without a zone means. */
    LogLine line(Optional<Moment> fromLocal) {
        Optional<Moment> wall = zoned.isPresent() ? zoned : fromLocal; // no lambdas: they are made anew for each line
        return new LogLine(wall.isPresent() ? wall : boot, host.map(LineParser::shortHost), text);
    }
}
