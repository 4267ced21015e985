package org.patchproof.console;

import java.nio.charset.StandardCharsets;

/** How often letters stand together in logs: as in the words that logs are full of, and in a log's beginning. */
final class LogWords {
    private static final String USUAL = " kernel: kubelet[1234]: systemd[1]: Started Stopped container containers "
            + "dockerd containerd level=info level=warning level=error msg=\" time=\"2020-01-01T00:00:00 timeout failed "
            + "failure for the from to in on of is and with was not that user root pod pods name namespace network "
            + "device devices link port ports entered state becomes ready volume mount unmount started stopped "
            + "starting stopping connection connect refused session opened closed address release released "
            + "deleted deleting created default token service server client request response error info task "
            + "process exit code signal memory cpu node image path file directory running restart health "
            + "[    0.000000] [   12.345678] eth0: pci 0000:00:00.0: ACPI: usb 1-1: Call Trace: ? + 0x10/0x20 RIP: ";

    private static final int HASHED = 1 << 14;

    private final int[] pairs = new int[1 << 16];
    private final int[] fours = new int[HASHED];

    LogWords() {
        byte[] usual = USUAL.getBytes(StandardCharsets.US_ASCII);
        count(usual, usual.length);
    }

    /** Counts in the beginning of a log. */
    void count(byte[] log, int length) {
        int four = 0;
        for (int i = 0; i < length; i++) {
            four = four << 8 | log[i] & 0xFF;
            pairs[four & 0xFFFF]++;
            fours[hash(four)]++;
        }
    }

    /** Roughly how often the pair of letters there is met, with the pair after it where the text has one; from 1. */
    int common(String text, int at) {
        int pair = text.charAt(at) << 8 | text.charAt(at + 1);
        int alone = pairs[pair & 0xFFFF];
        int both = at + 4 <= text.length()
                ? fours[hash(pair << 16 | text.charAt(at + 2) << 8 | text.charAt(at + 3))]
                : alone;
        return 1 + alone + 10 * both;
    }

    private static int hash(int four) {
        return (four * 0x9E3779B1) >>> 18;
    }
}
