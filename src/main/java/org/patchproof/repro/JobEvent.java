package org.patchproof.repro;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event that a job in the guest reported on the channel: {@code @ NAME KEY=VALUE ...}.
 *
 * @param name e.g. {@code installed}
 * @param values without blanks, as the scripts print them
 */
public record JobEvent(String name, SortedMap<String, String> values) {
    public JobEvent {
        Objects.requireNonNull(name);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The value of {@code key}, or the empty string. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }

    /** Reads what stands behind the {@code @}. A word without {@code =} is a key with an empty value. */
    static JobEvent parse(String text) {
        String[] words = text.strip().split(" +");
        SortedMap<String, String> values = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            values.put(
                    equals < 0 ? words[i] : words[i].substring(0, equals),
                    equals < 0 ? "" : words[i].substring(equals + 1));
        }
        return new JobEvent(words[0], values);
    }
}
