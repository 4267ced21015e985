package org.patchproof.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Keys with their values. What is asked for is what is known: {@link #refuseOthers}, which each reader
 * calls at its end, reports the rest.
 *
 * <p>A value that is missing or wrong is reported and replaced by a stand-in, so that reading goes on to
 * the next mistake; a file with a problem never yields a spec.
 */
final class YamlTable {
    private final YamlValue owner;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    /** A key, where it stands, and its value. */
    record Entry(YamlValue key, YamlValue value) {
        String name() {
            return value.name();
        }
    }

    private YamlTable(YamlValue owner) {
        this.owner = owner;
    }

    static Optional<YamlTable> of(YamlValue owner, List<NodeTuple> tuples, int limit) {
        if (tuples.size() > limit) {
            return owner.wrong(owner.name() + ": has more than " + limit + " keys", "Shorten it.");
        }
        YamlTable table = new YamlTable(owner);
        tuples.forEach(table::add);
        return Optional.of(table);
    }

    private void add(NodeTuple tuple) {
        YamlValue key = owner.child(tuple.getKeyNode(), owner.name());
        if (!(tuple.getKeyNode() instanceof ScalarNode)) {
            key.wrong("a key is a plain word, this is more", "Write \"key: value\".");
            return;
        }
        key.text().ifPresent(name -> {
            Entry first = entries.get(name);
            if (first == null) {
                entries.put(name, new Entry(key, owner.child(tuple.getValueNode(), name)));
            } else {
                key.wrong(
                        Shown.quote(name) + " is here a second time, first on line "
                                + first.key().line(),
                        "Keep one of them.");
            }
        });
    }

    <T> T required(String key, ValueReader<T> reader, T standIn) {
        asked.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            missing.add(key);
            return standIn;
        }
        return reader.read(entry.value()).orElse(standIn);
    }

    /** Empty when the key is not there or has no value. */
    <T> Optional<T> optional(String key, ValueReader<T> reader) {
        asked.add(key);
        Entry entry = entries.get(key);
        return entry == null || entry.value().isNull() ? Optional.empty() : reader.read(entry.value());
    }

    boolean has(String key) {
        return entries.containsKey(key) && !entries.get(key).value().isNull();
    }

    /** All entries, of a table whose keys are names of the user's. */
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Reports each key that was not asked for, and each that is missing and not just misspelt. */
    void refuseOthers() {
        entries.forEach((name, entry) -> {
            if (!asked.contains(name)) {
                String message = "unknown key " + Shown.quote(name) + " in " + owner.name();
                entry.key().wrong(message, Nearest.hint(name, asked));
                Nearest.to(name, asked).stream().limit(1).forEach(missing::remove);
            }
        });
        reportMissing();
    }

    /** Reports what is missing only: for a table of which it cannot be told what else belongs into it. */
    void reportMissing() {
        for (String key : missing) {
            owner.wrong("the key \"" + key + "\" is missing in " + owner.name(), "Add \"" + key + ": ...\".");
        }
    }
}
