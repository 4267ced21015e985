package org.patchproof.vm;

import java.io.IOException;

/** What a job in the guest sources to talk to the host. */
public final class GuestLibrary {
    private GuestLibrary() {}

    /** The text of {@code lib.sh}. */
    public static byte[] script() throws IOException {
        return Scripts.read("guest-lib.sh");
    }
}
