package org.patchproof.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML file that knows where it stands and what it is called. */
final class YamlValue {
    /** Longer lists are a mistake, or malice. */
    private static final int LIST_LIMIT = 1000;

    private static final int TEXT_LIMIT = 4096;

    /** What snakeyaml finds by itself. A scalar is text for us whichever of them it has. */
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);

    private final YamlFile file;
    private final Node node;
    private final String name;

    YamlValue(YamlFile file, Node node, String name) {
        this.file = file;
        this.node = node;
        this.name = name;
    }

    /** What the value is called: its key. */
    String name() {
        return name;
    }

    YamlValue named(String other) {
        return new YamlValue(file, node, other);
    }

    YamlValue child(Node other, String otherName) {
        return new YamlValue(file, other, otherName);
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** Reports a problem here. Always empty, so that a reader can return it. */
    <T> Optional<T> wrong(String message, String remedy) {
        Mark mark = node.getStartMark();
        file.problem(mark.getLine() + 1, mark.getColumn() + 1, message, remedy);
        return Optional.empty();
    }

    /** Whether nothing is written here: empty, {@code null} or {@code ~}. */
    boolean isNull() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** A scalar, exactly as it is written, with a length that is bounded. */
    Optional<String> text() {
        if (!plainTag()) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            return wrong(name + ": a text is wanted, this is " + kind(), "Write one value.");
        }
        if (isNull()) {
            return wrong(name + ": has no value", "Write one after the colon.");
        }
        return scalar.getValue().length() > TEXT_LIMIT
                ? wrong(name + ": is longer than " + TEXT_LIMIT + " characters", "Shorten it.")
                : Optional.of(scalar.getValue());
    }

    Optional<List<YamlValue>> list() {
        if (!plainTag()) {
            return Optional.empty();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return wrong(name + ": a list is wanted, this is " + kind(), "Write [a, b], or one \"- a\" per line.");
        }
        List<Node> items = sequence.getValue();
        return items.size() > LIST_LIMIT
                ? wrong(name + ": has more than " + LIST_LIMIT + " items", "Shorten it.")
                : Optional.of(items.stream().map(item -> child(item, name)).toList());
    }

    Optional<YamlTable> table() {
        if (!plainTag()) {
            return Optional.empty();
        }
        if (!(node instanceof MappingNode mapping)) {
            return wrong(name + ": keys with values are wanted, this is " + kind(), "Write \"key: value\" lines.");
        }
        return YamlTable.of(this, mapping.getValue(), LIST_LIMIT);
    }

    private boolean plainTag() {
        if (PLAIN.contains(node.getTag())) {
            return true;
        }
        wrong(name + ": has the tag " + Shown.quote(node.getTag().getValue()), "Remove it: tags mean nothing here.");
        return false;
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "a table of keys";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return isNull() ? "nothing" : Shown.quote(((ScalarNode) node).getValue());
    }
}
