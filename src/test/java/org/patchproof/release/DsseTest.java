package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DsseTest {
    /** The example of DSSE's own protocol.md. */
    @Test
    void encodesAsTheStandardHasIt() {
        byte[] encoded =
                Dsse.preAuthentication("http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(encoded, StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
