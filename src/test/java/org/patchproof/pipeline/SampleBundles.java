package org.patchproof.pipeline;

import static org.patchproof.pipeline.BundleMaker.Made.candidate;
import static org.patchproof.pipeline.BundleMaker.Made.control;

import java.io.IOException;
import java.nio.file.Path;

/** Bundles for tests of other rooms. */
public final class SampleBundles {
    private SampleBundles() {}

    /** In {@code runs}, a bundle "one" with a control, a candidate that fixes and one that does not build. */
    public static Path fixedAndBroken(Path runs) throws IOException {
        BundleMaker.in(runs, "one")
                .cell(
                        "linux-6.1",
                        control().reproduced(2, 2, 1),
                        candidate("fixed").clean(4, 4, 4),
                        candidate("broken").failed(Stages.BUILD, "net/ipv4/route.c:7: error: 'kye' undeclared"))
                .write();
        return runs;
    }

    /** In {@code runs}, five bundles of five days: fixed, inconclusive, fixed, and broken twice. */
    public static Path overTime(Path runs) throws IOException {
        HistorySpecs.bundles(runs);
        return runs;
    }
}
