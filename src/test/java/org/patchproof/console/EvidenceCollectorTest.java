package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.patchproof.console.Event.Kind;

class EvidenceCollectorTest {
    private static final Pattern SYMPTOM = Pattern.compile("^it leaks");
    private static final Pattern ENTER = Pattern.compile("(?<who>\\w+) takes (?<object>\\S+)");
    private static final Pattern KILL = Pattern.compile("kills (?<object>\\S+)");
    private static final Pattern USE = Pattern.compile("(?<who>\\w+) uses (?<object>\\S+)");
    private static final EvidencePatterns BY_ORDER =
            EvidencePatterns.of(SYMPTOM, new ExposurePatterns(Optional.empty(), KILL, USE));
    private static final EvidencePatterns BY_ENTRY =
            EvidencePatterns.of(SYMPTOM, new ExposurePatterns(Optional.of(ENTER), KILL, USE));

    @Test
    void aPassAfterAnInvalidationIsAnExposure() {
        assertThat(read(BY_ORDER, "a uses X", "b kills X", "a uses X", "c uses X", "c uses Y")
                        .exposures())
                .containsExactly(new Exposure("X", 2, 3, Optional.empty(), List.of("a", "c")));
    }

    @Test
    void eachInvalidationIsAnInstanceOfItsOwn() {
        assertThat(read(BY_ORDER, "kills X", "a uses X", "kills X", "a uses X", "b uses X", "kills X")
                        .exposures())
                .extracting(Exposure::invalidatedLine)
                .containsExactly(1L, 3L);
    }

    @Test
    void withEntriesOnlyTheHolderWhoWasInTheWindowCounts() {
        assertThat(read(BY_ENTRY, "a takes X", "kills X", "b uses X").exposures())
                .isEmpty();
        assertThat(read(BY_ENTRY, "kills X", "a takes X", "a uses X").exposures())
                .isEmpty();
        assertThat(read(BY_ENTRY, "a takes Y", "kills X", "a uses X").exposures())
                .isEmpty();
        assertThat(read(BY_ENTRY, "a takes X", "a uses X", "kills X", "a uses X")
                        .exposures())
                .as("that entry was over before")
                .isEmpty();
        assertThat(read(BY_ENTRY, "a takes X", "b takes X", "kills X", "b uses X", "a uses X")
                        .exposures())
                .containsExactly(new Exposure("X", 3, 4, Optional.empty(), List.of("b", "a")));
    }

    @Test
    void aNewerEntryMayHoldANewObjectAtTheOldAddress() {
        assertThat(read(BY_ENTRY, "a takes X", "kills X", "a takes X", "a uses X", "a uses X")
                        .exposures())
                .isEmpty();
        assertThat(read(BY_ENTRY, "a takes X", "a takes X", "a uses X", "kills X", "a uses X")
                        .exposures())
                .as("a soft interrupt on top of a, which came and went before")
                .hasSize(1);
        assertThat(read(BY_ENTRY, "a takes X", "b takes X", "kills X", "a uses X", "kills X", "b uses X")
                        .exposures())
                .as("both held the instance that was invalidated first")
                .hasSize(1);
    }

    @Test
    void theCallerTellsHoldersOfOneNameApart() {
        assertThat(read(BY_ENTRY, "[    1.000000][    C1] 0 takes X", "kills X", "[    1.000000][    C2] 0 uses X")
                        .exposures())
                .isEmpty();
        assertThat(read(BY_ENTRY, "[    1.000000][    C1] 0 takes X", "kills X", "[    1.000000][    C1] 0 uses X")
                        .exposures())
                .extracting(Exposure::holders)
                .containsExactly(List.of("0@C1"));
    }

    @Test
    void stampsThatContradictTheOrderOfLinesMakeNoPair() {
        assertThat(read(BY_ORDER, "[    1.000002] kills X", "[    1.000001] a uses X")
                        .exposures())
                .isEmpty();
    }

    @Test
    void whatCannotBeToldApartIsNeverPaired() {
        for (String object : List.of("(____ptrval____)", "(ptrval)", "(null)", "0000000000000000", "0x0", "(efault)")) {
            Evidence evidence = read(BY_ORDER, "kills " + object, "a uses " + object);
            assertThat(evidence.exposures()).as(object).isEmpty();
            assertThat(evidence.unreadable()).as(object).hasSize(2);
            assertThat(evidence.unreadable().get(0).reason()).contains("%px");
            assertThat(evidence.timeline()).hasSize(2);
        }
    }

    @Test
    void readsTheMarksOfOurGuest() {
        Evidence evidence = read(
                BY_ORDER,
                "[    3.000000] patchproof: begin round=1 dev=cli-veth quick",
                "patchproof: Not a mark",
                "x patchproof: begin",
                "patchproof: devices-gone");
        assertThat(evidence.marks()).extracting(Mark::word).containsExactly(Mark.BEGIN, Mark.DEVICES_GONE);
        assertThat(evidence.mark(Mark.BEGIN).orElseThrow().values())
                .containsEntry("round", "1")
                .containsEntry("dev", "cli-veth")
                .containsEntry("quick", "");
        assertThat(evidence.mark(Mark.BEGIN).orElseThrow().stamp()).contains(Duration.ofSeconds(3));
    }

    @Test
    void keepsOneTimelineInTheOrderOfTheConsole() {
        Evidence evidence = read(
                BY_ENTRY,
                "patchproof: begin",
                "a takes X",
                "WARNING: CPU: 1 PID: 88 at net/a.c:1 foo+0x1/0x2",
                "kills X",
                "a uses X",
                "it leaks again");
        assertThat(evidence.timeline())
                .extracting(Event::kind)
                .containsExactly(Kind.MARK, Kind.ENTERED, Kind.FAULT, Kind.INVALIDATED, Kind.PASSED, Kind.SYMPTOM);
        assertThat(evidence.symptom().orElseThrow().line()).isEqualTo(6);
        assertThat(evidence.symptomAfter(6)).isEmpty();
        assertThat(evidence.faults()).extracting(Fault::title).containsExactly("WARNING in foo");
    }

    @Test
    void answersWhileTheConsoleGrows() {
        EvidenceCollector live = new EvidenceCollector(BY_ORDER);
        feed(live, "kills X\na uses X\n");
        assertThat(live.exposures()).isEqualTo(1);
        feed(live, "patchproof: begin\nkills Y\na us");
        assertThat(live.exposures()).as("only what was provoked counts").isZero();
        feed(live, "es Y\n");
        assertThat(live.exposures()).isEqualTo(1);
        assertThat(live.symptomSeen()).isFalse();
        assertThat(live.fatal()).isEmpty();
        feed(live, "it leaks\nKernel panic - not syncing: Fatal exception\n");
        assertThat(live.symptomSeen()).isTrue();
        assertThat(live.fatal())
                .extracting(Fault::title, Fault::line)
                .containsExactly(tuple("panic: Fatal exception", 7L));
        assertThat(live.marks()).hasSize(1);
        assertThat(live.finish().exposures()).hasSize(2);
    }

    @Test
    void howLongItShowsItselfIsByTheKernelsClockAndBelowAMark() {
        EvidenceCollector live = new EvidenceCollector(BY_ORDER);
        feed(live, "[    1.000000] it leaks\n[   20.000000] it leaks\n");
        assertThat(live.symptomsSince("teardown-done")).as("no such mark yet").isZero();
        feed(live, "[   21.000000] patchproof: teardown-done\n[   31.000000] it leaks\n");
        assertThat(live.symptomsSince("teardown-done")).isZero();
        feed(live, "[   31.200000] it leaks\n");
        assertThat(live.symptomsSince("teardown-done"))
                .as("of another object, at the same time")
                .hasMillis(200);
        feed(live, "[   41.300000] it leaks\n");
        assertThat(live.symptomsSince("teardown-done")).hasMillis(10_300);
    }

    @Test
    void saysWhereTheConsoleIsLessThanTheTruth() {
        assertThat(damage("** 12 printk messages dropped ** [    1.000000] x")).containsExactly("LOST_LINES 1");
        assertThat(damage("printk: bash: 32 output lines suppressed due to ratelimiting"))
                .containsExactly("LOST_LINES 1");
        assertThat(damage("[    9.000000] x", "[    8.100000] y", "[    0.000000] z"))
                .containsExactly("TIME_WENT_BACK 3");
        assertThat(damage("x".repeat(9000))).containsExactly("LINE_TOO_LONG 1");
        assertThat(damage("[    9.000000] a uses \uFFFD")).containsExactly("UNDECODABLE 1");
        assertThat(damage("SeaBIOS \uFFFD")).isEmpty();
    }

    @Test
    void patternsThatCannotBePairedAreRefused() {
        assertThatThrownBy(() -> new ExposurePatterns(Optional.empty(), Pattern.compile("kills (\\S+)"), USE))
                .hasMessageContaining("'invalidated' has no group (?<object>...)");
        assertThatThrownBy(
                        () -> new ExposurePatterns(Optional.of(ENTER), KILL, Pattern.compile("uses (?<object>\\S+)")))
                .hasMessageContaining("'passed' has no group (?<who>...)");
    }

    private static List<String> damage(String... lines) {
        return read(BY_ORDER, lines).damage().stream()
                .map(d -> d.kind() + " " + d.line())
                .toList();
    }

    private static Evidence read(EvidencePatterns patterns, String... lines) {
        EvidenceCollector collector = new EvidenceCollector(patterns);
        feed(collector, String.join("\n", lines));
        return collector.finish();
    }

    private static void feed(EvidenceCollector collector, String text) {
        collector.accept(text.getBytes(StandardCharsets.UTF_8));
    }
}
