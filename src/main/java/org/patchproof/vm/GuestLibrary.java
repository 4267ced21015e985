package org.patchproof.vm;

import java.io.IOException;
import java.io.InputStream;

/** What a job in the guest sources to talk to the host. */
public final class GuestLibrary {
    private GuestLibrary() {}

    /** The text of {@code lib.sh}. */
    public static byte[] script() throws IOException {
        try (InputStream in = GuestLibrary.class.getResourceAsStream("guest-lib.sh")) {
            if (in == null) {
                throw new IOException("missing from the jar: guest-lib.sh");
            }
            return in.readAllBytes();
        }
    }
}
