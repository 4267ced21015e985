package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.patchproof.testing.StubKernel;

class PatchReaderPropertyTest {
    private static final String[] BITS = {
        "@@ -1 +1 @@", "--- ", "+++ ", "\n", " ", "+", "-", "\\", "diff --git a/x b/x\n", "\r\n"
    };

    /** Whatever is broken: it is refused by our exception, or what is read means the same when printed. */
    @Property(tries = 400)
    void aDamagedPatchIsRefusedOrStillMeansWhatItSays(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(new String(
                StubKernel.patch("instrument.patch").bytes(PatchStyle.AS_GIVEN), StandardCharsets.ISO_8859_1));
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(80)));
            }
        }
        try {
            Patch patch = PatchReader.parse("p", text.toString().getBytes(StandardCharsets.ISO_8859_1));
            byte[] plain = patch.bytes(PatchStyle.PLAIN);
            assertThat(PatchReader.parse("p", plain).bytes(PatchStyle.PLAIN)).isEqualTo(plain);
        } catch (PatchFormatException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
        }
    }
}
