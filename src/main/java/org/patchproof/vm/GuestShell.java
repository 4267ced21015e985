package org.patchproof.vm;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** A root's shell in a guest. The real one is {@link SshShell}; tests bring a fake. */
interface GuestShell extends AutoCloseable {

    /**
     * What to do in the guest, as a value.
     *
     * @param line for the guest's shell; always one of ours, nothing from outside is put into it
     * @param input what it reads; empty for nothing
     * @param within how long it may take
     */
    record Words(String line, String input, Duration within) {
        public Words {
            Objects.requireNonNull(line);
            Objects.requireNonNull(input);
            if (within.isNegative() || within.isZero()) {
                throw new IllegalArgumentException("a time limit must be positive: " + within);
            }
        }
    }

    /**
     * What became of it.
     *
     * @param exitCode of the shell
     * @param output both streams, the first {@link #OUTPUT_LIMIT} bytes, with a question mark for each
     *     character that would do something to a terminal
     */
    record Answer(int exitCode, String output) {
        private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]");

        public Answer {
            output = CONTROL.matcher(output).replaceAll("?");
        }
    }

    /** More than our scripts ever print. */
    int OUTPUT_LIMIT = 64 * 1024;

    /**
     * Says {@code words} and waits for the answer.
     *
     * @throws IOException when the guest is lost, or takes longer than it may
     */
    Answer say(Words words) throws IOException;

    @Override
    void close() throws IOException;
}
