package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file: a plan, or a PlanException with problems that can be read; and soon. */
class FuzzTest {
    /** More, and so other mutations as well, with {@code -Dpatchproof.fuzz=20000}. */
    private static final int TRIES = Integer.getInteger("patchproof.fuzz", 500);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final List<String> FILES = List.of(
            "specs/bugs/demo/bug.yaml",
            "specs/kernels/fake-1.0.yaml",
            "specs/kernels/el7-fake.yaml",
            "specs/guests/fake-guest.yaml",
            "specs/guests/fake-image.yaml");
    private static final List<String> NASTY = List.of(
            "&a ",
            "*a",
            "!!int ",
            "!x ",
            "!<> ",
            "[",
            "]",
            "{",
            "}",
            "? ",
            "- ",
            ": ",
            "|\n",
            ">9\n",
            "\t",
            "%YAML 9.9\n",
            "%TAG ! !\n",
            "---\n",
            "...\n",
            "\0",
            "\u00e9",
            "\uFEFF",
            "\u202E",
            "null",
            "~",
            "<<: *a\n",
            "!!binary ",
            "'",
            "\"",
            "\\",
            "\\xff",
            "\\uD800",
            "\\",
            "0x1",
            "(?<",
            "\\Q",
            "(?x)",
            "#",
            "@",
            "`",
            "../",
            "/",
            "\r",
            "\n",
            "\u2028",
            "{{{{{{{{{{{{{{{{{{{{{{{{",
            "99999999999999999999",
            "*",
            "+",
            "\uD83D\uDC1B",
            ",",
            "null: ");

    @Test
    void aPlanOrProblems(@TempDir Path folder) throws IOException {
        Workbench bench = Workbench.in(folder);
        int plans = 0;
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            String file = FILES.get(random.nextInt(FILES.size()));
            byte[] good = Workbench.read(Workbench.GOOD.resolve(file)).getBytes(StandardCharsets.UTF_8);
            byte[] bad = good;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                bad = mutate(bad, random);
            }
            bench.write(file, bad);
            plans += outcome(bench, seed, bad);
            bench.write(file, good);
        }
        assertThat(plans).as("mutations that did no harm").isBetween(TRIES / 50, TRIES / 2);
    }

    private static int outcome(Workbench bench, int seed, byte[] bad) {
        long start = System.nanoTime();
        try {
            PlanLoader.load(bench.workspace(), bench.request());
            return 1;
        } catch (PlanException e) {
            assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
            assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\u001b", "\r", "\u202e");
            assertThat(SpecCatalog.of(bench.workspace()).kernels()).hasSize(2);
            return 0;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + seed + ":\n" + new String(bad, StandardCharsets.UTF_8), e);
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d", seed)
                    .isLessThan(SOON);
        }
    }

    private static byte[] mutate(byte[] from, Random random) {
        int a = random.nextInt(from.length + 1);
        int b = Math.min(from.length, a + random.nextInt(20));
        byte[] nasty = NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(6)) {
            case 0 -> join(from, a, new byte[0], b);
            case 1 -> join(from, a, nasty, a);
            case 2 -> join(from, a, nasty, b);
            case 3 -> join(from, b, Arrays.copyOfRange(from, a, b), b);
            case 4 -> join(from, a, new byte[] {(byte) random.nextInt(256)}, Math.min(from.length, a + 1));
            default -> join(from, a, Arrays.copyOfRange(from, from.length - a / 2, from.length), from.length);
        };
    }

    /** The beginning up to {@code end}, a piece, and the rest from {@code rest} on. */
    private static byte[] join(byte[] from, int end, byte[] piece, int rest) {
        byte[] joined = Arrays.copyOf(from, end + piece.length + from.length - rest);
        System.arraycopy(piece, 0, joined, end, piece.length);
        System.arraycopy(from, rest, joined, end + piece.length, from.length - rest);
        return joined;
    }
}
