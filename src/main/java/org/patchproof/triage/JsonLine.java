package org.patchproof.triage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log line that is a JSON object: of {@code journalctl -o json}, docker's json-file, or kubelet with
 * {@code --logging-format=json}. Only its top level is read.
 */
record JsonLine(Optional<Moment> moment, Optional<String> host, String text) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}(?:\\.\\d{1,18})?(?:[eE]\\+?0?\\d)?");

    /** Empty when it is no whole object, or says nothing. */
    static Optional<JsonLine> parse(String line) {
        Fields fields = new Fields();
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isStructStart()) {
                    parser.skipChildren();
                } else {
                    fields.put(name, parser.getText());
                }
            }
        } catch (IOException e) {
            return fields.line(); // cut off: what was read counts
        }
        return fields.line();
    }

    private static final class Fields {
        private Optional<Moment> moment = Optional.empty();
        private Optional<String> host = Optional.empty();
        private Optional<String> message = Optional.empty();
        private final StringBuilder more = new StringBuilder();

        void put(String name, String value) {
            switch (name) {
                case "MESSAGE", "log", "msg", "message" -> message = Optional.of(value.stripTrailing());
                case "err", "error", "actual", "expected" ->
                    more.append(' ').append(name).append("=\"").append(value).append('"');
                case "_HOSTNAME", "host", "hostname", "node" -> host = Optional.of(value);
                case "__REALTIME_TIMESTAMP" -> moment = micros(value);
                case "ts" -> moment = number(value).or(() -> LineParser.offset(value));
                case "time", "timestamp", "@timestamp" -> moment = LineParser.offset(value);
                default -> {}
            }
        }

        Optional<JsonLine> line() {
            return message.map(text -> new JsonLine(moment, host, text + more));
        }
    }

    /** Of the journal. */
    static Optional<Moment> micros(String text) {
        return text.matches("\\d{1,17}")
                ? Optional.of(
                        Moment.wall(Instant.EPOCH.plus(Long.parseLong(text), java.time.temporal.ChronoUnit.MICROS)))
                : Optional.empty();
    }

    /** Milliseconds of klog, seconds of zap, micro- or nanoseconds, with a fraction: its size tells which. */
    private static Optional<Moment> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        double millis = Double.parseDouble(text);
        if (millis < 1e11) {
            millis *= 1000;
        } else {
            while (millis >= 1e14) {
                millis /= 1000;
            }
        }
        return Optional.of(Moment.wall(Instant.ofEpochMilli((long) millis)));
    }
}
