package org.patchproof.repro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.console.Evidence;

/** The lines that tell why a kernel did not come up: the panic's, else the console's last. */
final class BootFailure {
    private static final int LINES = 12;
    private static final int TAIL_BYTES = 16 * 1024;

    private BootFailure() {}

    static List<String> lines(Evidence evidence, Path console, String detail) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(detail);
        evidence.fatal().forEach(fault -> lines.add(fault.title() + " (console line " + fault.line() + ")"));
        byte[] tail;
        try (InputStream in = Files.newInputStream(console)) {
            in.skipNBytes(Math.max(0, Files.size(console) - TAIL_BYTES));
            tail = in.readNBytes(TAIL_BYTES);
        }
        List<String> last = new String(tail, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        lines.addAll(last.subList(Math.max(0, last.size() - LINES), last.size()));
        return lines;
    }
}
