package org.patchproof.pipeline;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Names of runs: they sort by time, say the bug, and two that start at once differ. */
final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunId() {}

    static String next(String bug, Instant now) {
        byte[] random = new byte[2];
        new SecureRandom().nextBytes(random);
        return TIME.format(now) + "-" + bug + "-" + HexFormat.of().formatHex(random);
    }
}
