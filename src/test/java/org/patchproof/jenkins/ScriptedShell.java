package org.patchproof.jenkins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Ends each {@code sh} as it was told, by its label; others with 0. */
final class ScriptedShell implements Shell {
    private final Map<String, Deque<Supplier<Integer>>> ends = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    /** The next {@code sh} with this label ends so; the one after it as the next telling says. */
    ScriptedShell ends(String label, Supplier<Integer> end) {
        ends.computeIfAbsent(label, l -> new ArrayDeque<>()).add(end);
        return this;
    }

    ScriptedShell exits(String label, int code) {
        return ends(label, () -> code);
    }

    List<Call> calls() {
        return calls;
    }

    /** The calls with this label. */
    List<Call> calls(String label) {
        return calls.stream().filter(call -> call.label().equals(label)).toList();
    }

    @Override
    public int run(Call call) {
        calls.add(call);
        Deque<Supplier<Integer>> told = ends.getOrDefault(call.label(), new ArrayDeque<>());
        return told.isEmpty() ? 0 : told.poll().get();
    }
}
