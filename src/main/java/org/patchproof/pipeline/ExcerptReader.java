package org.patchproof.pipeline;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.patchproof.report.Findings.Line;
import org.patchproof.report.Findings.Line.Weight;

/** The lines of a console around those that count. */
final class ExcerptReader {
    private static final int AROUND = 1;
    private static final int LINE_LIMIT = 400;
    private static final long FILE_LIMIT = 64L << 20;

    private ExcerptReader() {}

    /**
     * The lines {@code counting}, by number from 1, with their neighbours; nothing where {@code console}
     * cannot be read. Bytes that are no text become question marks.
     */
    static List<Line> read(Path console, SortedSet<Long> counting) {
        SortedSet<Long> wanted = new TreeSet<>();
        for (long line : counting) {
            for (long near = Math.max(1, line - AROUND); near <= line + AROUND; near++) {
                wanted.add(near);
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        try {
            return Files.size(console) > FILE_LIMIT ? List.of() : lines(console, wanted, counting);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Line> lines(Path console, SortedSet<Long> wanted, SortedSet<Long> counting) throws IOException {
        List<Line> found = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(console), 1 << 16)) {
            long number = 1;
            int b = in.read();
            while (b >= 0 && number <= wanted.last()) {
                if (b != '\n') {
                    if (line.size() < LINE_LIMIT && wanted.contains(number)) {
                        line.write(b);
                    }
                } else {
                    keep(found, line, number, wanted, counting);
                    number++;
                }
                b = in.read();
            }
            keep(found, line, number, wanted, counting);
        }
        return found;
    }

    private static void keep(
            List<Line> found,
            ByteArrayOutputStream line,
            long number,
            SortedSet<Long> wanted,
            SortedSet<Long> counting) {
        boolean again = !found.isEmpty() && found.get(found.size() - 1).number() == number;
        if (wanted.contains(number) && !again && (line.size() > 0 || counting.contains(number))) {
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            found.add(new Line(number, text, counting.contains(number) ? Weight.COUNTS : Weight.AROUND));
        }
        line.reset();
    }
}
