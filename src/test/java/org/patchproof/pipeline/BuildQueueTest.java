package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;

@Timeout(20)
class BuildQueueTest {
    private final VariantLedger control = variant("control", VariantRole.CONTROL);
    private final VariantLedger fixed = variant("fixed", VariantRole.CANDIDATE);
    private final List<String> built = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theFirstIsReadyWhileTheSecondIsStillBuilt() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (BuildQueue queue = BuildQueue.start(
                variant -> {
                    if (variant == fixed) {
                        held.await();
                    }
                    built.add(variant.name());
                },
                List.of(control, fixed))) {
            queue.await(control);
            assertThat(built).containsExactly("control");
            assertThat(queue.busy()).isTrue();
            held.countDown();
            queue.await();
            assertThat(built).containsExactly("control", "fixed");
            assertThat(queue.busy()).isFalse();
        }
    }

    @Test
    void whatABuildThrowsIsThrownWhereItIsWaitedFor() throws Exception {
        for (Exception thrown : List.of(
                new IOException("no space"),
                new WrongRequestException("wrong", "mend it"),
                new InterruptedException())) {
            try (BuildQueue queue = BuildQueue.start(
                    variant -> {
                        if (thrown instanceof IOException io) {
                            throw io;
                        }
                        if (thrown instanceof InterruptedException interrupted) {
                            throw interrupted;
                        }
                        throw (RuntimeException) thrown;
                    },
                    List.of(control))) {
                assertThatThrownBy(() -> queue.await(control)).isSameAs(thrown);
            }
        }
    }

    @Test
    void closingEndsABuildThatIsUnderWayAndBeginsNoOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (BuildQueue queue = BuildQueue.start(
                variant -> {
                    built.add(variant.name());
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                },
                List.of(control, fixed))) {
            assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(queue.busy()).isTrue();
        }
        assertThat(interrupted.getCount()).isZero();
        assertThat(built).containsExactly("control");
    }

    private static VariantLedger variant(String name, VariantRole role) {
        byte[] patch = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n".getBytes(StandardCharsets.UTF_8);
        return new VariantLedger(
                new VariantSpec(name, name, role, List.of()),
                new PatchSeries("demo", List.of(PatchReader.parse("x.patch", patch))));
    }
}
