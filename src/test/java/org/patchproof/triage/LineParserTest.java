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
                // dmesg --time-format=iso names no host
                "2020-05-06T09:43:49,123456+00:00 usb 1-1: boom|2020-05-06T09:43:49.123456Z||usb 1-1: boom",
                "2020-05-06T09:43:49,123456+00:00 unregister_netdevice: waiting|2020-05-06T09:43:49.123456Z||unregister_netdevice: waiting",
                "2020-05-06T09:43:49.123Z unregister_netdevice: waiting|2020-05-06T09:43:49.123Z||unregister_netdevice: waiting",
                "2020-05-06T09:43:49.123Z eth0: link: boom|2020-05-06T09:43:49.123Z||eth0: link: boom",
                "Wed 2020-05-06 17:43:49 +08 node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "Wed 2020-05-06 06:43:49 -03 node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "Wed 2020-05-06 15:28:49 +0545 node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "kern  :info  : [   12.345678] boom|1970-01-01T00:00:12.345678Z||boom",
                "kern  :warn  : [Wed May  6 17:43:49 2020] boom|2020-05-06T09:43:49Z||boom",
                "daemon:notice: [   12.345678] boom|1970-01-01T00:00:12.345678Z||boom",
                "[   12.345678 <    0.000012>] boom|1970-01-01T00:00:12.345678Z||boom",
                "[May06 17:43] boom|2020-05-06T09:43:00Z||boom",
                "[May 6 17:43] boom|2020-05-06T09:43:00Z||boom",
                "<30>1 2020-05-06T09:43:49.123Z node7.example.org kernel - - - boom|2020-05-06T09:43:49.123Z|node7|boom",
                "<30>1 2020-05-06T17:43:49+08:00 node7 kubelet 12 x [a@1 b=\"]\"][c d=\"e\"] boom|2020-05-06T09:43:49Z|node7|boom",
                "1 2020-05-06T09:43:49Z - kernel - - - boom|2020-05-06T09:43:49Z||boom",
                "<4>May  6 17:43:49 node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "<4>2020-05-06T09:43:49Z node7 kernel: boom|2020-05-06T09:43:49Z|node7|boom",
                "6,1234,98765432,-;boom|1970-01-01T00:01:38.765432Z||boom",
                "4,77,12345678,-,caller=T12;boom|1970-01-01T00:00:12.345678Z||boom",
                "{\"ts\":1588758229.5,\"msg\":\"boom\"}|2020-05-06T09:43:49.500Z||boom",
                "{\"ts\":1588758229123456,\"msg\":\"boom\"}|2020-05-06T09:43:49.123Z||boom",
                "{\"ts\":1.5887582295e9,\"msg\":\"boom\"}|2020-05-06T09:43:49.500Z||boom",
                "{\"ts\":\"2020-05-06T09:43:49Z\",\"msg\":\"boom\"}|2020-05-06T09:43:49Z||boom",
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

    @Test
    void theTimesOfDmesgForPeopleAddUp() {
        LineParser parser = new LineParser(ZoneId.of("UTC"), Instant.parse("2021-01-05T00:00:00Z"));
        assertThat(parser.parse("[  +0.000010] boom").moment()).isEmpty();
        assertThat(parser.addsUp()).isFalse();
        assertThat(at(parser, "[Nov29 10:00] boom")).isEqualTo("2020-11-29T10:00:00Z");
        assertThat(at(parser, "[  +0.000010] boom")).isEqualTo("2020-11-29T10:00:00.000010Z");
        assertThat(at(parser, "[ +12.500000] boom")).isEqualTo("2020-11-29T10:00:12.500010Z");
        assertThat(at(parser, "[Nov29 10:01] boom")).isEqualTo("2020-11-29T10:01:00Z");
        assertThat(parser.addsUp()).isTrue();
    }

    @Test
    void theHourThatComesTwiceInAutumnIsToldByTheOrderOfLines() {
        LineParser parser = new LineParser(ZoneId.of("Europe/Berlin"), Instant.parse("2020-10-26T00:00:00Z"));
        assertThat(at(parser, "Oct 25 01:59:50 n kernel: boom")).isEqualTo("2020-10-24T23:59:50Z");
        assertThat(at(parser, "Oct 25 02:30:00 n kernel: boom")).isEqualTo("2020-10-25T00:30:00Z");
        // klog's time is some minutes before that of the journal: that is no second hour
        assertThat(at(parser, "Oct 25 02:40:00 n kubelet[1]: E1025 02:31:00.000000 1 a.go:1] boom"))
                .isEqualTo("2020-10-25T00:31:00Z");
        assertThat(at(parser, "Oct 25 02:59:50 n kernel: boom")).isEqualTo("2020-10-25T00:59:50Z");
        assertThat(at(parser, "Oct 25 02:00:00 n kernel: boom")).isEqualTo("2020-10-25T01:00:00Z");
        assertThat(at(parser, "Oct 25 02:59:50 n kernel: boom")).isEqualTo("2020-10-25T01:59:50Z");
        assertThat(at(parser, "Oct 25 03:00:00 n kernel: boom")).isEqualTo("2020-10-25T02:00:00Z");
    }

    private static String at(LineParser parser, String line) {
        return parser.parse(line).moment().orElseThrow().at().toString();
    }

    @Property(tries = 500)
    void noLineBreaksIt(@ForAll String line) {
        assertThat(PARSER.parse(line)).isNotNull();
        assertThat(PARSER.parse("May  6 17:43:49 n kernel: " + line)).isNotNull();
        assertThat(PARSER.parse("{\"log\":\"" + line)).isNotNull();
    }
}
