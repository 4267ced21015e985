package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How many bytes a process has moved, by the host's kernel: of a machine, nearly all is its disk. */
final class DiskTraffic {
    private DiskTraffic() {}

    /** Read and written by process {@code pid}, cached or not; empty when it cannot be known. */
    static OptionalLong of(long pid) {
        try {
            String text = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "io")), StandardCharsets.US_ASCII);
            return OptionalLong.of(text.lines()
                    .filter(line -> line.startsWith("rchar: ") || line.startsWith("wchar: "))
                    .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                    .sum());
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
