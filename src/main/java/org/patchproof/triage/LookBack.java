package org.patchproof.triage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the lines before one, as far as they are at hand: those without a text that matters were passed over. */
final class LookBack {
    private final LineParser parser;
    private final Function<LogLine, String> nodeOf;
    private byte[] bytes = new byte[0];
    private int before;
    private String node = "";

    /**
     * For a log.
     *
     * @param parser of this one's own, as it is not read in order here
     * @param nodeOf whose a line is
     */
    LookBack(LineParser parser, Function<LogLine, String> nodeOf) {
        this.parser = parser;
        this.nodeOf = nodeOf;
    }

    /** From the line that begins at {@code from}; the bytes are only lent. */
    void from(byte[] bytes, int from) {
        this.bytes = bytes;
        this.before = from;
    }

    /** Only lines of this node count. */
    void of(String node) {
        this.node = node;
    }

    /** When the last of those lines of that node was logged that is {@code wanted}. */
    Optional<Moment> to(Predicate<Moment> wanted) {
        return walk(line -> line.moment().filter(wanted).isPresent()
                        && nodeOf.apply(line).equals(node))
                .flatMap(LogLine::moment);
    }

    /** The last of those lines at which {@code until} is true; it is asked of each one, the last first. */
    Optional<LogLine> walk(Predicate<LogLine> until) {
        int feed = before - 1;
        while (feed > 0) {
            int begin = feed;
            while (begin > 0 && bytes[begin - 1] != '\n') {
                begin--;
            }
            if (begin == 0) {
                break; // perhaps not the whole line
            }
            int length = Math.min(feed - begin, LogScan.LINE_LIMIT);
            LogLine line = parser.parse(new String(bytes, begin, length, StandardCharsets.UTF_8).stripTrailing());
            if (until.test(line)) {
                return Optional.of(line);
            }
            feed = begin - 1;
        }
        return Optional.empty();
    }
}
