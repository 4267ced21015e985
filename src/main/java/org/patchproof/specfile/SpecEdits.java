package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lines to put into a spec. Each edit is marked by comments, so that {@link Marks#strip} gives the
 * vendor's file again, byte for byte.
 */
final class SpecEdits {
    private record Addition(String text, String why) {}

    private final SpecFile spec;
    private final String id;
    private final SortedMap<Integer, List<Addition>> before = new TreeMap<>();
    private final SortedMap<Integer, Addition> instead = new TreeMap<>();

    /** Edits of {@code spec}, marked with {@code id}. */
    SpecEdits(SpecFile spec, String id) {
        this.spec = spec;
        this.id = id;
    }

    /** Puts a marked block before a line; the number behind the last line appends. */
    void insert(int line, List<String> texts, String why) {
        List<Addition> block = before.computeIfAbsent(line, n -> new ArrayList<>());
        block.add(new Addition(Marks.begin(id), why));
        texts.forEach(t -> block.add(new Addition(t, why)));
        block.add(new Addition(Marks.END, why));
    }

    /** Replaces a line; what stood there is kept in a comment above it. */
    void replace(SpecLine line, String text, String why) {
        instead.put(line.number(), new Addition(text, why));
    }

    /** The edited file with all that was added. */
    Edited apply() {
        List<String> texts = new ArrayList<>();
        List<Placement> placements = new ArrayList<>();
        for (SpecLine line : spec.lines()) {
            before.getOrDefault(line.number(), List.of()).forEach(a -> add(texts, placements, a));
            Addition replacement = instead.get(line.number());
            if (replacement == null) {
                texts.add(line.text());
            } else {
                add(texts, placements, new Addition(Marks.was(line.text()), "what stood there"));
                add(texts, placements, replacement);
            }
        }
        before.getOrDefault(spec.lines().size() + 1, List.of()).forEach(a -> add(texts, placements, a));
        return new Edited(spec.with(texts), placements);
    }

    private static void add(List<String> texts, List<Placement> placements, Addition addition) {
        texts.add(addition.text());
        placements.add(new Placement(texts.size(), addition.text(), addition.why()));
    }

    /** What came out. */
    record Edited(SpecFile spec, List<Placement> placements) {
        Edited {
            placements = List.copyOf(placements);
        }
    }
}
