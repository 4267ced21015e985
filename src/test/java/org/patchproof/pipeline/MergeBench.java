package org.patchproof.pipeline;

import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Many generated bundles -> one report: time, memory and sizes. Run by {@code bench/report-merge}. */
public final class MergeBench {
    private MergeBench() {}

    /** Arguments: directory, kernels, variants of each. */
    public static void main(String[] args) throws IOException {
        Path dir = Path.of(args[0]);
        int kernels = Integer.parseInt(args[1]);
        int variants = Integer.parseInt(args[2]);
        bundles(dir.resolve("runs"), kernels, variants);
        for (int round = 1; round <= 3; round++) {
            long begun = System.nanoTime();
            ReportResult result = Reporting.report(
                    new ReportRequest(List.of(dir.resolve("runs")), dir.resolve("report"), Optional.empty()));
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %d cells in %.2f s, %d MiB held after it (heap limit %d MiB), exit code %d%n",
                    round,
                    result.findings().variants().count(),
                    seconds,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    runtime.maxMemory() >> 20,
                    result.exitCode().code());
        }
        for (String file : List.of("index.html", "junit.xml", "kcidb.json", "summary.md")) {
            System.out.printf(
                    "%-10s %,d bytes%n", file, Files.size(dir.resolve("report").resolve(file)));
        }
    }

    /** A bundle for each kernel: a control, and candidates that end in every way there is. */
    static void bundles(Path runs, int kernels, int variants) throws IOException {
        for (int k = 1; k <= kernels; k++) {
            BundleMaker.Made[] made = new BundleMaker.Made[variants];
            made[0] = control().reproduced(2, 2, 1);
            for (int v = 1; v < variants; v++) {
                made[v] = ending(candidate("fix-" + v), k + v);
            }
            BundleMaker.in(runs, String.format("20261123-2106%02d-netdev-leak-%04x", k % 60, k))
                    .started(BundleMaker.EPOCH.plusSeconds(60L * k))
                    .acceleration(k % 5 == 0 ? "tcg" : "kvm")
                    .cell("linux-6.1." + (100 + k), made)
                    .write();
        }
    }

    private static BundleMaker.Made ending(BundleMaker.Made made, int number) {
        return switch (number % 9) {
            case 0 -> made.clean(2, 2).reproduced(1);
            case 1 ->
                made.failed(Stages.BUILD, "net/ipv4/route.c:614:9: error: 'struct fib_nh_exception' has no member");
            case 2 -> made.clean(4).fault("WARNING in rt_bind_exception");
            case 3 -> made.unexercised().unexercised().clean(1);
            case 4 -> made.failed(Stages.PATCH, "0002.patch: net/ipv4/route.c: hunk 1 does not apply");
            case 5 -> made.lost("the disk was full").trouble("more than 3 trials were lost by our own fault");
            default -> made.clean(4, 3, 5);
        };
    }
}
