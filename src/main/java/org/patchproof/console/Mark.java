package org.patchproof.console;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line that our guest scripts print to {@code /dev/kmsg}: {@code patchproof: <word> key=value ...}.
 *
 * @param word the word, such as {@code begin}, {@code teardown-done}, {@code devices-gone}
 * @param values its key=value pairs; a part without {@code =} is kept with an empty value
 * @param line console line, from 1
 * @param stamp kernel time
 */
public record Mark(String word, SortedMap<String, String> values, long line, Optional<Duration> stamp) {

    /** Provoking starts here. */
    public static final String BEGIN = "begin";

    /** The reproduction was taken down: no process of it lives. */
    public static final String TEARDOWN_DONE = "teardown-done";

    /** The scripts have ended and said all that they have to say. */
    public static final String END = "end";

    /** Every device of the reproduction is gone: nothing holds them any more. */
    public static final String DEVICES_GONE = "devices-gone";

    public Mark {
        Objects.requireNonNull(word);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        Objects.requireNonNull(stamp);
    }
}
