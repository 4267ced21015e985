package org.patchproof.repro;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.console.ConsoleReader;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.console.Fault;

/** The console of a machine that starts, in bounded memory: its lines, its faults, its prompt. */
final class StartupConsole {
    /** More lines than a start has. */
    private static final int KEPT = 2_000;

    private static final int PROMPT_LIMIT = 512;

    private final EvidenceCollector evidence = new EvidenceCollector(EvidencePatterns.none());
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private Consumer<String> listener = line -> {};
    private final ConsoleReader reader = new ConsoleReader(line -> keep(line.text()));
    private boolean spoke;

    /** More bytes; {@code onLine} hears each line that has come to its end, without stamp and caller. */
    void accept(byte[] bytes, int count, Consumer<String> onLine) {
        listener = onLine;
        evidence.accept(bytes, 0, count);
        reader.accept(bytes, 0, count);
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                unfinished.reset();
            } else if (unfinished.size() < PROMPT_LIMIT) {
                unfinished.write(bytes[i]);
            }
        }
        spoke |= count > 0;
    }

    /** The line that has no end yet, such as a prompt. */
    String unfinished() {
        return unfinished.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether there was anything at all. */
    boolean spoke() {
        return spoke;
    }

    /** What the kernel died of. */
    Optional<Fault> fatal() {
        return evidence.fatal().stream().findFirst();
    }

    /** What broke in the kernel, though it may have gone on; a warning breaks nothing. */
    Optional<Fault> oops() {
        return evidence.faults().stream().filter(BootBlame::breaks).findFirst();
    }

    /** All lines that are kept. */
    List<String> heard() {
        return List.copyOf(lines);
    }

    /** The last lines that are not blank. */
    List<String> last(int count) {
        List<String> all = new java.util.ArrayList<>(
                lines.stream().filter(line -> !line.isBlank()).toList());
        if (!unfinished().isBlank()) {
            all.add(unfinished());
        }
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    private void keep(String line) {
        lines.addLast(line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
        listener.accept(line);
    }
}
