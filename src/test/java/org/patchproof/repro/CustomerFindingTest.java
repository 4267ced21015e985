package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.repro.CustomerFinding.Kind;
import org.patchproof.repro.JobEnd.Ending;

/** What each way in which a customer's machine may end means for the release. */
class CustomerFindingTest {
    private static final List<String> QUIET =
            List.of("patchproof: booted", "patchproof: begin", "patchproof: teardown-done", "patchproof: devices-gone");
    private static final String WARNING = "WARNING: CPU: 1 PID: 42 at net/ipv4/route.c:700 find_exception+0x1/0x2";
    private static final String PANIC = "Kernel panic - not syncing: Fatal exception in interrupt";
    private static final BootProof WHOLE =
            new BootProof("1-1.x86_64", "kernel-1-1.x86_64", "ab", Optional.empty(), 2, List.of());
    private static final BootProof OTHER =
            new BootProof("0", "kernel-0", "cd", Optional.empty(), 2, List.of("uname -r is '0', not '1-1.x86_64'"));

    private final List<String> console = new ArrayList<>(QUIET);
    private final List<JobEvent> events = new ArrayList<>();
    private Ending ending = Ending.EXITED;
    private int code;
    private boolean doubtful;
    private Optional<BootProof> proof = Optional.of(WHOLE);

    private GuestRun run() throws IOException {
        byte[] text = (String.join("\n", console) + "\n").getBytes(StandardCharsets.UTF_8);
        return new GuestRun(
                new JobEnd(
                        ending,
                        Optional.of("1"),
                        code,
                        events,
                        List.of("== one", "refused it", "== update", "Complete!"),
                        "what was seen",
                        doubtful),
                EvidenceCollector.read(
                        new ByteArrayInputStream(text), EvidencePatterns.of(Pattern.compile("still held"))),
                proof,
                List.of("why it died"),
                Duration.ofSeconds(3),
                "qemu",
                Path.of("traffic-console.log"));
    }

    private CustomerFinding traffic() throws IOException {
        return CustomerFinding.traffic(run(), Set.of());
    }

    private void finds(CustomerFinding finding, Kind kind, String words) {
        assertThat(finding.words()).contains(words);
        assertThat(finding.kind()).as(finding.words()).isEqualTo(kind);
    }

    @Test
    void aQuietMinuteIsAsItMustBe() throws Exception {
        finds(traffic(), Kind.AS_IT_MUST_BE, "");
    }

    @Test
    void theSymptomAndAnyNewFaultAreRefused() throws Exception {
        console.remove(3);
        console.add(2, "still held");
        finds(traffic(), Kind.REFUSED, "shows the bug: still held (traffic-console.log:3)");
        console.set(2, WARNING);
        finds(traffic(), Kind.REFUSED, "complains: WARNING in find_exception (traffic-console.log:3)");
    }

    @Test
    void aFaultOfTheUnfixedKernelIsNoNews() throws Exception {
        console.add(2, WARNING);
        finds(CustomerFinding.traffic(run(), Set.of("WARNING in find_exception")), Kind.AS_IT_MUST_BE, "");
        finds(CustomerFinding.turnBack(run(), Set.of("WARNING in find_exception")), Kind.AS_IT_MUST_BE, "");
        finds(CustomerFinding.turnBack(run(), Set.of()), Kind.REFUSED, "complains: WARNING in find_exception");
    }

    @Test
    void aDeviceThatStaysIsRefusedAndOneThatNobodySaidIsGoneIsNoAnswer() throws Exception {
        console.set(3, "patchproof: device-stuck dev=veth0");
        finds(traffic(), Kind.REFUSED, "a device did not go: {dev=veth0}");
        console.remove(3);
        finds(traffic(), Kind.OURS, "the guest never said 'patchproof: devices-gone'");
    }

    @Test
    void aMessageThatCameAndADeviceThatWentIsNoAnswer() throws Exception {
        console.add(2, "still held");
        finds(traffic(), Kind.OURS, "a late release on a slow host is no leak");
    }

    @Test
    void aScriptThatFailsMayBeAnybodysFault() throws Exception {
        code = 1;
        events.add(JobEvent.parse("failed script=begin.sh code=7"));
        finds(traffic(), Kind.OURS, "begin.sh failed with exit code 7, and whether it or the kernel is to blame");
    }

    /** A reset or a hang in silence may be the released kernel's; of the unfixed one it says nothing. */
    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"DIED", "TIMED_OUT"})
    void aMachineThatIsLostUnderTheReleasedKernel(Ending how) throws Exception {
        ending = how;
        finds(traffic(), Kind.REFUSED, "the machine was lost under the released kernel");
        finds(CustomerFinding.turnBack(run(), Set.of()), Kind.REFUSED, "what was seen");
        finds(CustomerFinding.update(run(), List.of()), Kind.OURS, "what was seen");
        finds(CustomerFinding.remove(run()), Kind.OURS, "what was seen");
        finds(CustomerFinding.back(run()), Kind.OURS, "what was seen");
    }

    @Test
    void aKernelThatSaidWhyItDied() throws Exception {
        ending = Ending.DIED;
        console.add(PANIC);
        finds(traffic(), Kind.REFUSED, "the released kernel died: panic: Fatal exception in interrupt");
        finds(CustomerFinding.update(run(), List.of()), Kind.OURS, "the unfixed kernel died");
    }

    /** The unfixed kernel is to blame for nothing, before; afterwards, who removed the other one is. */
    @ParameterizedTest
    @CsvSource({"NO_HELLO, false, REFUSED", "NO_HELLO, true, OURS", "GUEST_FAILED, false, OURS"})
    void whatDoesNotBoot(Ending how, boolean maybeOurs, Kind kind) throws Exception {
        ending = how;
        doubtful = maybeOurs;
        proof = Optional.empty();
        assertThat(traffic().kind()).isEqualTo(kind);
        assertThat(CustomerFinding.turnBack(run(), Set.of()).kind()).isEqualTo(kind);
        assertThat(CustomerFinding.remove(run()).kind()).isEqualTo(kind);
        assertThat(CustomerFinding.back(run()).kind()).isEqualTo(kind);
        assertThat(CustomerFinding.update(run(), List.of()).kind()).isEqualTo(Kind.OURS);
    }

    @Test
    void anotherKernelThanItMustBe() throws Exception {
        proof = Optional.of(OTHER);
        finds(traffic(), Kind.REFUSED, "what booted is not the released kernel: uname -r is '0'");
        finds(CustomerFinding.back(run()), Kind.REFUSED, "after the released one was removed: uname -r is '0'");
        finds(CustomerFinding.update(run(), List.of()), Kind.OURS, "what booted is not the unfixed kernel");
        proof = Optional.empty();
        finds(traffic(), Kind.OURS, "did not say what it booted");
    }

    @Test
    void everyKindMustHaveBeenRefused() throws Exception {
        events.add(JobEvent.parse("tampered kind=one taken=no code=1"));
        finds(CustomerFinding.update(run(), List.of("one")), Kind.AS_IT_MUST_BE, "");
        assertThat(CustomerFinding.printed(run())).containsEntry("one", List.of("refused it"));
        finds(CustomerFinding.update(run(), List.of("one", "two")), Kind.OURS, "[one, two], the guest tried [one]");
        events.add(JobEvent.parse("tampered kind=two taken=unsaid code=0"));
        events.add(JobEvent.parse("refused why=tampered-unsaid"));
        code = 1;
        finds(CustomerFinding.update(run(), List.of("one", "two")), Kind.REFUSED, "tampered with (two)\n    == one");
    }

    /** Each reason that the scripts give is known in words. */
    @Test
    void theReasonsOfTheScriptsAreWords() throws Exception {
        Pattern failed = Pattern.compile("failed ([a-z$-]+)$", Pattern.MULTILINE);
        int seen = 0;
        for (String script : List.of("customer-update.sh", "customer-remove.sh")) {
            String text;
            try (var in = CustomerFinding.class.getResourceAsStream(script)) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            var found = failed.matcher(text.replace("; fi", ""));
            while (found.find()) {
                seen++;
                for (String by : List.of("update", "install")) {
                    code = 1;
                    events.clear();
                    events.add(JobEvent.parse("refused why=" + found.group(1).replace("$by", by)));
                    finds(CustomerFinding.remove(run()), Kind.REFUSED, " ");
                    assertThat(CustomerFinding.remove(run()).words().lines().findFirst())
                            .as(found.group())
                            .get()
                            .asString()
                            .contains(" ");
                }
            }
        }
        assertThat(seen).isEqualTo(11);
    }
}
