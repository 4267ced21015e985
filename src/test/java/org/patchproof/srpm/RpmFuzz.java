package org.patchproof.srpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.testing.RpmBuilder;

/**
 * Coverage-guided fuzzing, by {@code bench/fuzz}. Not named as a test on purpose: it instruments
 * every class of the JVM that it runs in. What ordinary runs try is {@link MutatedRpmTest}.
 */
class RpmFuzz {
    static Stream<Arguments> packages() {
        return Stream.of("gzip", "none", "xz", "lzma", "zstd", "bzip2", "format3")
                .map(kind -> kind.equals("format3")
                        ? RpmBuilder.demo().format3()
                        : RpmBuilder.demo().compressor(kind))
                .map(builder -> Arguments.of((Object) builder.build()));
    }

    static Stream<Arguments> headersAndPayloads() {
        return packages().map(rpm -> {
            byte[] whole = (byte[]) rpm.get()[0];
            return Arguments.of((Object) Arrays.copyOfRange(whole, main(whole), whole.length));
        });
    }

    /** Bytes as they come: mostly the lead and the signature header get it. */
    @MethodSource("packages")
    @FuzzTest(maxDuration = "4m")
    void unpack(byte[] rpm) throws IOException {
        tried(rpm);
    }

    /** A main header and a payload under digests that agree, as an attacker would make them. */
    @MethodSource("headersAndPayloads")
    @FuzzTest(maxDuration = "4m")
    void unpackWithDigestsThatAgree(byte[] headerAndPayload) throws IOException {
        tried(RpmBuilder.demo().seal(headerAndPayload, headerLength(headerAndPayload)));
    }

    private static void tried(byte[] rpm) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        try {
            Path file = Files.write(folder.resolve("x.rpm"), rpm);
            try {
                SourceUnpacker.unpack(file, folder.resolve("top"));
            } catch (RpmFormatException e) {
                if (Files.exists(folder.resolve("top"))) {
                    throw new AssertionError("something is left", e);
                }
            }
            Files.delete(file);
            Trees.remove(folder.resolve("top"));
            Files.delete(folder); // fails when something else is in it
        } finally {
            Trees.remove(folder);
        }
    }

    private static int main(byte[] rpm) {
        int end = 96 + headerLength(Arrays.copyOfRange(rpm, 96, rpm.length));
        return end + (8 - end % 8) % 8;
    }

    /** As the header itself says it, as far as there are bytes. */
    private static int headerLength(byte[] bytes) {
        if (bytes.length < 16) {
            return bytes.length;
        }
        var view = java.nio.ByteBuffer.wrap(bytes);
        long length = 16 + 16L * Integer.toUnsignedLong(view.getInt(8)) + Integer.toUnsignedLong(view.getInt(12));
        return (int) Math.min(bytes.length, length);
    }
}
