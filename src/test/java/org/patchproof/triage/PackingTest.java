package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

class PackingTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "04224d186440a7, lz4 -d",
        "894c5a4f000d0a1a0a, lzop -d",
        "1f9d90756e72656769, gzip -dc",
        "504b0304140000, zip archive",
        "377abcaf271c0004, 7z archive",
        "526172211a0701, rar archive",
        "4c504b53484852480000, journalctl --file"
    })
    void whatIsNotReadIsSaidWithARemedyAndNeverThatNothingWasSeen(String head, String remedy) throws IOException {
        TriageReport report = triage(HexFormat.of().parseHex(head));
        assertThat(report.notes()).singleElement().asString().startsWith("log ").contains(remedy);
        assertThat(text(report)).contains("not known: no log could be read").doesNotContain("not seen");
    }

    @Test
    void lzmaIsRead() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (LZMAOutputStream out = new LZMAOutputStream(packed, new LZMA2Options(1), -1)) {
            out.write("[   12.000000] unregister_netdevice: waiting for eth0 to become free. Usage count = 1\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(triage(packed.toByteArray()).bugs().get(0).findings()).hasSize(1);
    }

    @Test
    void damageAtTheBeginningIsANote() throws IOException {
        TriageReport report = triage(HexFormat.of().parseHex("425a6839314159265359ffffffffffffffffffffff"));
        assertThat(report.notes()).singleElement().asString().contains("what could be read of it counts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unregister_netdevice: waiting for eth0 to become free. Usage count = 1|the message is there 2 times",
                "[29/Nov/2020:10:00:00] unregister_netdevice: waiting for eth0 to become free. Usage count = 1|the message is there 2 times",
                "hello|not seen"
            })
    void aMessageWithoutATimeIsThere(String line, String says) throws IOException {
        TriageReport report = triage((line + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(text(report)).contains(says);
        assertThat(text(report).contains("not seen")).isEqualTo(line.equals("hello"));
    }

    @Test
    void aStampThatIsNotUnderstoodGetsNoTimeOfAnotherLine() throws IOException {
        TriageReport report = triage(("2020-11-29T09:00:00Z node7 kernel: hello\n"
                        + "[29/Nov/2020:10:00:00] unregister_netdevice: waiting for eth0 to become free. Usage count = 1\n")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(report.bugs().get(0).findings()).isEmpty();
        assertThat(report.bugs().get(0).undated()).isEqualTo(1);
    }

    private static String text(TriageReport report) {
        return TriageText.render(report, ZoneOffset.UTC).replaceAll("\\s+", " ");
    }

    private TriageReport triage(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("log"), bytes);
        return Triage.of(List.of(new LogFile(file, "log", Optional.empty(), ZoneOffset.UTC)), TriageCasesTest.bugs());
    }
}
