package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.patchproof.console.LineSieve.Appetite;

/** What the sieve leaves out makes no difference. */
class LineSieveTest {
    private static final List<Pattern> NEEDLE = List.of(Pattern.compile("needle \\d"));

    private record Handed(long number, long offset, String text, long full) {}

    @Test
    void handsOverWhatMayMatterWithItsPlace() throws IOException {
        assertThat(sift("hay\nneedle 1\nhay\r\n\nne\0edle 2\nmore hay\na needle 3 \r\n", 100))
                .containsExactly(
                        new Handed(2, 4, "needle 1", 8),
                        new Handed(5, 19, "ne\0edle 2", 9),
                        new Handed(7, 38, "a needle 3 \r", 12));
    }

    @Test
    void aLastLineNeedsNoLineFeed() throws IOException {
        assertThat(sift("hay\nneedle", 100)).containsExactly(new Handed(2, 4, "needle", 6));
        assertThat(sift("", 100)).isEmpty();
    }

    @Test
    void aPatternThatNeedsNoTextGetsEveryLine() throws IOException {
        List<String> lines = new ArrayList<>();
        LineSieve.sift(
                new ByteArrayInputStream("a\nb\n\nc".getBytes(StandardCharsets.UTF_8)),
                List.of(Pattern.compile("\\d+")),
                10,
                (number, offset, bytes, from, length, full, may) -> {
                    lines.add(number + new String(bytes, from, length, StandardCharsets.UTF_8));
                    return Appetite.SELECTED;
                });
        assertThat(lines).containsExactly("1a", "2b", "3", "4c");
    }

    @Test
    void samplesALineNowAndThenAndTheLast() throws IOException {
        List<Handed> handed = new ArrayList<>();
        String log = "hay 567\n".repeat(20) + "needle 9\n" + "hay 567\n".repeat(3);
        LineSieve.sift(
                new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), NEEDLE, 100, 64, collect(handed));
        assertThat(handed).extracting(Handed::number).containsExactly(1L, 9L, 17L, 21L, 24L);
    }

    @Test
    void memoryIsBoundedWhateverTheLengthOfALine() throws IOException {
        long giant = 100L << 20;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        List<Handed> handed = new ArrayList<>();
        long lines =
                LineSieve.sift(new Giant("hay\nneedle 1 ", giant, "\nneedle 2\nhay\n"), NEEDLE, 64, collect(handed));
        long used = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(used).isLessThan(16L << 20);
        assertThat(lines).isEqualTo(4);
        assertThat(handed)
                .extracting(Handed::number, Handed::full)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(2L, giant + 9),
                        org.assertj.core.api.Assertions.tuple(3L, 8L));
        assertThat(handed.get(1).offset()).isEqualTo(4 + 9 + giant + 1);
        assertThat(handed.get(0).text()).hasSize(64).startsWith("needle 1 xxx");
    }

    /** Over several blocks, each marked in a thread of its own: what a reader of each line would pick, in order. */
    @Property(tries = 6)
    void picksTheSameLinesOfManyBlocksAsAReaderOfEach(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Handed> expected = new ArrayList<>();
        int everyLineUntil = random.nextInt(30_000);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        String[] middles = {"needle", "need\u0007le", "\t", "\u007f", "\r", "n\u00e9edle 1", "needl"};
        for (long number = 1; log.size() < 5 << 20; number++) {
            String middle = number == 1
                    ? "needle 1"
                    : random.nextInt(50) == 0 ? middles[random.nextInt(middles.length)] + " 1" : "";
            String line = "x".repeat(random.nextInt(150))
                    + middle
                    + "y".repeat(random.nextInt(30))
                    + (random.nextInt(9) == 0 ? "\r" : "");
            boolean picked = line.contains("needle ") || hides(line);
            if (picked || number <= everyLineUntil) {
                expected.add(new Handed(number, log.size(), line, line.getBytes(StandardCharsets.UTF_8).length));
            }
            log.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        List<Handed> handed = new ArrayList<>();
        LineSieve.sift(
                new ByteArrayInputStream(log.toByteArray()),
                NEEDLE,
                1000,
                (number, offset, bytes, from, length, full, may) -> {
                    handed.add(
                            new Handed(number, offset, new String(bytes, from, length, StandardCharsets.UTF_8), full));
                    return number < everyLineUntil ? Appetite.ALL : Appetite.SELECTED;
                });
        assertThat(handed).isEqualTo(expected);
    }

    /** A file is cut anywhere, also within a line, at its feed and after it, and lines are longer than a chunk. */
    @Property(tries = 60)
    void aFileReadInChunksGivesTheSameLinesAsAStream(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int size = random.nextInt(6000);
        while (log.size() < size) {
            String middle = random.nextInt(4) == 0 ? "needle 1" : random.nextInt(20) == 0 ? "\u0007" : "";
            int length = random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(40);
            log.writeBytes(("x".repeat(length) + middle + (random.nextInt(40) == 0 ? "" : "\n"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        int everyLineUntil = random.nextInt(60);
        int chunk = 1 + random.nextInt(random.nextBoolean() ? 20 : 3000);
        List<Handed> streamed = new ArrayList<>();
        List<Handed> chunked = new ArrayList<>();
        long lines = LineSieve.sift(
                new ByteArrayInputStream(log.toByteArray()), NEEDLE, 1000, greedy(streamed, everyLineUntil));
        Path file = Files.createTempFile("sieve", ".log");
        try (FileChannel in = FileChannel.open(Files.write(file, log.toByteArray()))) {
            assertThat(LineSieve.sift(in, chunk, NEEDLE, 1000, Integer.MAX_VALUE, greedy(chunked, everyLineUntil)))
                    .isEqualTo(lines);
        } finally {
            Files.delete(file);
        }
        assertThat(chunked).isEqualTo(streamed);
    }

    @Test
    void aLineOfManyChunksOfAFileIsMeasuredButNotKept() throws IOException {
        Path file = Files.createTempFile("sieve", ".log");
        String giant = "needle 1 " + "x".repeat(3 * LineBlock.SIZE);
        List<Handed> handed = new ArrayList<>();
        try (FileChannel in =
                FileChannel.open(Files.writeString(file, "hay\n" + giant + "\nneedle 2\nhay\n" + giant))) {
            assertThat(LineSieve.sift(in, NEEDLE, 64, Integer.MAX_VALUE, collect(handed)))
                    .isEqualTo(5);
        } finally {
            Files.delete(file);
        }
        assertThat(handed)
                .extracting(Handed::number, Handed::offset, Handed::full)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(2L, 4L, (long) giant.length()),
                        org.assertj.core.api.Assertions.tuple(3L, 5L + giant.length(), 8L),
                        org.assertj.core.api.Assertions.tuple(5L, 18L + giant.length(), (long) giant.length()));
        assertThat(handed.get(0).text()).hasSize(64);
    }

    @Test
    void tellsInWhichLinesOfAllAPatternMayBe() throws IOException {
        List<Boolean> told = new ArrayList<>();
        LineSieve.sift(
                new ByteArrayInputStream("hay\nneedle 1\nhay\n\u0007\nhay".getBytes(StandardCharsets.UTF_8)),
                NEEDLE,
                100,
                (number, offset, bytes, from, length, full, may) -> {
                    told.add(may);
                    return Appetite.ALL;
                });
        // The first is asked for before any other is; the last has no line feed, and nobody looks into it.
        assertThat(told).containsExactly(true, false, true, true);
    }

    private static LineSieve.Lines greedy(List<Handed> handed, int everyLineUntil) {
        return (number, offset, bytes, from, length, full, may) -> {
            handed.add(new Handed(number, offset, new String(bytes, from, length, StandardCharsets.UTF_8), full));
            return number < everyLineUntil ? Appetite.ALL : Appetite.SELECTED;
        };
    }

    /** A control character, but for tabs and a carriage return at the end. */
    private static boolean hides(String line) {
        String body = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return body.chars().anyMatch(c -> c == 0x7F || c < ' ' && c != '\t');
    }

    /** The faults in a damaged log are the same, line by line, whether lines are passed over or not. */
    @Property(tries = 40)
    void findingsAreTheSameAsWithoutASieve(@ForAll long seed) throws IOException {
        byte[] log = damagedLog(new Random(seed));
        List<Fault> sifted = FaultTable.standard().scan(new ByteArrayInputStream(log));
        List<Fault> unsifted = FaultTable.standard().scan(ConsoleReader.readAll(new ByteArrayInputStream(log)));
        assertThat(sifted).isEqualTo(unsifted);
    }

    /** What a serial line adds does not change what is found. */
    @Property(tries = 40)
    void whatASerialLineAddsChangesNoTitle(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path log =
                FaultTableTest.logs().get(random.nextInt(FaultTableTest.logs().size()));
        byte[] clean = Files.readAllBytes(log);
        ByteArrayOutputStream dirty = new ByteArrayOutputStream();
        String[] dirt = {"\0", "\0\0\0", "\u001B[0m", "\u001B[1;31m", "\u001B[2J", "\r", "\u001B(B", "\u001B]0;t\u0007"
        };
        boolean inEscape = false;
        for (byte b : clean) {
            boolean endsEscape = inEscape && Character.isLetter(b);
            inEscape = b == 0x1B || (inEscape && b != '\n' && !Character.isLetter(b));
            if (!inEscape && !endsEscape && random.nextInt(12) == 0) {
                dirty.writeBytes(dirt[random.nextInt(dirt.length)].getBytes(StandardCharsets.US_ASCII));
            }
            dirty.write(b);
        }
        assertThat(titles(dirty.toByteArray())).as(log.toString()).isEqualTo(titles(clean));
    }

    private static List<String> titles(byte[] log) throws IOException {
        return FaultTable.standard().scan(new ByteArrayInputStream(log)).stream()
                .map(fault -> fault.line() + " " + fault.title())
                .toList();
    }

    /** Reports of the golden logs, boot noise between them, bytes lost, changed and put in. */
    private static byte[] damagedLog(Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Path> logs = FaultTableTest.logs();
        for (int i = 0; i < 4; i++) {
            for (byte b : Files.readAllBytes(logs.get(random.nextInt(logs.size())))) {
                int dice = random.nextInt(400);
                if (dice == 0) {
                    out.write(random.nextInt(256));
                } else if (dice == 1) {
                    out.writeBytes("\u001B[0m".getBytes(StandardCharsets.US_ASCII));
                } else if (dice > 2) {
                    out.write(b);
                }
            }
            int noise = random.nextInt(500);
            for (int n = 0; n < noise; n++) {
                out.writeBytes("[    9.000000] eth0: renamed from veth1234\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return out.toByteArray();
    }

    private static List<Handed> sift(String log, int limit) throws IOException {
        List<Handed> handed = new ArrayList<>();
        LineSieve.sift(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), NEEDLE, limit, collect(handed));
        return handed;
    }

    private static LineSieve.Lines collect(List<Handed> handed) {
        return (number, offset, bytes, from, length, full, may) -> {
            handed.add(new Handed(number, offset, new String(bytes, from, length, StandardCharsets.UTF_8), full));
            return Appetite.SELECTED;
        };
    }

    /** A text, very many letters, and another text. */
    private static final class Giant extends InputStream {
        private final InputStream head;
        private final InputStream tail;
        private long left;

        Giant(String head, long letters, String tail) {
            this.head = new ByteArrayInputStream(head.getBytes(StandardCharsets.UTF_8));
            this.tail = new ByteArrayInputStream(tail.getBytes(StandardCharsets.UTF_8));
            this.left = letters;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = head.read(bytes, from, length);
            if (n > 0) {
                return n;
            }
            if (left == 0) {
                return tail.read(bytes, from, length);
            }
            int letters = (int) Math.min(left, length);
            java.util.Arrays.fill(bytes, from, from + letters, (byte) 'x');
            left -= letters;
            return letters;
        }
    }
}
