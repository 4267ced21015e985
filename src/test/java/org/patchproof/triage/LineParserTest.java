package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineParserTest {
    private static final LineParser PARSER =
            new LineParser(ZoneId.of("Asia/Shanghai"), Instant.parse("2021-01-05T00:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "May  6 17:43:49 node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "Jan  5 09:00:00 node7 kernel: [   12.345678] boom|2021-01-05T01:00:00Z|node7|boom",
                "Jan  7 09:00:00 node7 kernel: boom|2020-01-07T01:00:00Z|node7|boom",
                "Feb 29 09:00:00 node7 kernel: boom|2020-02-29T01:00:00Z|node7|boom",
                "2020-05-06T17:43:49+0800 node7.example.org kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "2020-05-06T09:43:49.123456Z 10.209.33.105 kubelet[12]: boom|2020-05-06T09:43:49.123456Z|10.209.33.105|boom",
                "Wed 2020-05-06 17:43:49 CST node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "Wed 2020-05-06 09:43:49 UTC node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "1588758229.123456 node7 kernel: boom|2020-05-06T09:43:49.123456Z|node7|boom",
                "[Wed May  6 17:43:49 2020] boom|2020-05-06T09:43:49Z||boom",
                "[   12.345678] boom|1970-01-01T00:00:12.345678Z||boom",
                "<4>[   12.345678][  T123] boom|1970-01-01T00:00:12.345678Z||boom",
                "[   12.345678] node7 kernel: boom|1970-01-01T00:00:12.345678Z|node7|boom",
                "[   12.345678] node7 kubelet[3]: boom|1970-01-01T00:00:12.345678Z|node7|boom",
                "[   12.345678] IPv4: host kernel: boom|1970-01-01T00:00:12.345678Z||IPv4: host kernel: boom",
                "E0506 17:43:49.123456    1234 kubelet.go:1823] boom|2020-05-06T09:43:49.123456Z||boom",
                "2020-05-06 17:43:49.123 [INFO][16814] k8s.go 498: boom|2020-05-06T09:43:49.123Z||k8s.go 498: boom",
                "2020-05-06T09:43:49.5Z stderr F boom|2020-05-06T09:43:49.500Z||boom",
                "time=\"2020-05-06T02:43:49.5-07:00\" level=error msg=\"a \\\"b\\\" c\" error=\"x\"|2020-05-06T09:43:49.500Z||a \"b\" c error=\"x\"",
                "{\"log\":\"boom\\n\",\"stream\":\"stderr\",\"time\":\"2020-05-06T09:43:49.5Z\"}|2020-05-06T09:43:49.500Z||boom",
                "{\"MESSAGE\":\"boom\",\"_HOSTNAME\":\"node7\",\"__REALTIME_TIMESTAMP\":\"1588758229123456\"}|2020-05-06T09:43:49.123456Z|node7|boom",
                "{\"ts\":1588758229123.45,\"msg\":\"boom\",\"err\":\"bang\"}|2020-05-06T09:43:49.123Z||boom err=\"bang\"",
                " kernel:boom|||boom",
                "hello [1] world|||hello [1] world",
                // the time with a zone counts before the one without, the inner before the outer
                "2020-05-06T09:43:49Z node7 kubelet[1]: E0101 00:00:00.000000 1 a.go:1] boom|2020-05-06T09:43:49Z|node7|boom",
                "Oct  8 16:29:51 worker9 k3s[1636]: E1008 16:23:14.139967    1636 kubelet.go:1846] boom|2020-10-08T08:23:14.139967Z|worker9|boom",
                "{\"log\":\"May  6 17:43:49 node7 kubelet[3]: 2020-05-06 17:43:27.201 [INFO][1] n.go 450: boom\",\"time\":\"2020-05-06T09:43:49Z\"}|2020-05-06T09:43:49Z|node7|n.go 450: boom"
            })
    void takesOffEachLayer(String line, String time, String host, String text) {
        LogLine parsed = PARSER.parse(line.startsWith("kernel:") ? " " + line : line);
        assertThat(parsed.text()).isEqualTo(text);
        assertThat(parsed.host()).isEqualTo(Optional.ofNullable(host));
        assertThat(parsed.moment().map(m -> m.at().toString())).isEqualTo(Optional.ofNullable(time));
    }

    @Test
    void coloursAreNotInTheMessage() {
        assertThat(PARSER.parse("\u001B[1;31m[   12.345678] \u001B[0mboom\u0007")
                        .text())
                .isEqualTo("boom");
    }

    @ParameterizedTest
    @CsvSource({
        "Feb 30 09:00:00 n kernel: x", "May 99 09:00:00 n kernel: x", "May  6 99:00:00 n kernel: x",
        "E1399 17:43:49.123456 1 a.go:1] x", "2020-99-06T09:43:49Z n kernel: x", "[Wed May 32 17:43:49 2020] x"
    })
    void aTimeThatIsNoneIsNone(String line) {
        assertThat(PARSER.parse(line).moment()).isEmpty();
    }

    @Property(tries = 500)
    void noLineBreaksIt(@ForAll String line) {
        assertThat(PARSER.parse(line)).isNotNull();
        assertThat(PARSER.parse("May  6 17:43:49 n kernel: " + line)).isNotNull();
        assertThat(PARSER.parse("{\"log\":\"" + line)).isNotNull();
    }
}
