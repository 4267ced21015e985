package org.patchproof.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.patchproof.report.Findings.Booted;
import org.patchproof.report.Findings.Build;
import org.patchproof.report.Findings.Bundle;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Hope;
import org.patchproof.report.Findings.Injection;
import org.patchproof.report.Findings.Line;
import org.patchproof.report.Findings.Moment;
import org.patchproof.report.Findings.Outcome;
import org.patchproof.report.Findings.Packages;
import org.patchproof.report.Findings.Patch;
import org.patchproof.report.Findings.Proof;
import org.patchproof.report.Findings.Trial;
import org.patchproof.report.Findings.Variant;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;
import org.patchproof.verdict.Verdict.Word;

/** Findings to render: one of each verdict, or every text a hostile one. */
final class Samples {
    /** Markup for every format, quotes, controls, a bidirectional override, and a line end. */
    static final String HOSTILE =
            "</pre><script>alert(1)</script>\"'`|*_]]>&amp;\u0000\u001b[31m\u202e\u2028<img src=x onerror=alert(2)>\n@all";

    private static final Instant TIME = Instant.parse("2026-11-23T21:06:13Z");
    private static final Numbers.Count LEAKY = new Numbers.Count(3, 3, 5, 3);
    private static final Numbers.Count CLEAN = new Numbers.Count(0, 3, 12, 3);

    private final String text;

    private Samples(String text) {
        this.text = text;
    }

    /** A cell with a verdict of each word. */
    static Findings everyVerdict() {
        return new Samples("").findings();
    }

    /** The same with {@link #HOSTILE} wherever text comes from outside. */
    static Findings hostile() {
        return new Samples(HOSTILE).findings();
    }

    private String say(String word) {
        return word + text;
    }

    private Findings findings() {
        List<Variant> variants = new ArrayList<>();
        for (Word word : Word.values()) {
            variants.add(variant(word));
        }
        Cell cell = new Cell(
                say("netdev-leak"),
                say("linux-6.1"),
                say("linux-6.1"),
                Optional.of(new Findings.Source(
                        say("kernel-6.1-1.src"), say("kernel.src.rpm"), "5".repeat(64), say("given"))),
                Optional.of(new Findings.Guest(
                        say("debian-12"), "e".repeat(64), "d".repeat(64), 4, 1L << 30, List.of(say("quiet")))),
                List.of(say("kvm")),
                List.of(say("not put together with run b")),
                variants);
        Bundle bundle = new Bundle(
                say("run-1"),
                "9".repeat(64),
                "../runs/" + say("run-1") + "/",
                say("0.1.0"),
                "finished",
                TIME,
                TIME.plusSeconds(900),
                say("Debian 12"),
                say("kvm"),
                0.95);
        return new Findings(
                List.of(bundle),
                List.of(cell),
                List.of(say("runs/broken/run.json:1:2: not a run.json of ours")),
                outcome(Word.STILL_REPRODUCES),
                Map.of(
                        "1".repeat(64),
                        Optional.of("Subject: " + text + "\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old" + text + "\n+new"
                                + text + "\n")));
    }

    private Variant variant(Word word) {
        VerdictTable.Role role = word == Word.REPRODUCED ? VerdictTable.Role.CONTROL : VerdictTable.Role.CANDIDATE;
        Numbers numbers = new Numbers(
                LEAKY,
                role == VerdictTable.Role.CONTROL ? Numbers.Count.NONE : CLEAN,
                OptionalDouble.of(0.05),
                OptionalDouble.of(0.0297),
                OptionalDouble.of(1),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(0.95),
                List.of());
        return new Variant(
                say(word.name().toLowerCase(java.util.Locale.ROOT)),
                role,
                new Verdict(word, say("so it is"), numbers, word + ": " + say("so it is"), Optional.empty()),
                outcome(word),
                word == Word.INCONCLUSIVE ? Optional.of(say("the disk was full")) : Optional.empty(),
                List.of(new Patch(say("0001.patch"), "1".repeat(64))),
                List.of(build(word)),
                List.of(
                        trial(1, word == Word.FIXED ? "CLEAN" : "REPRODUCED"),
                        trial(2, "INFRA"),
                        trial(3, "UNEXERCISED")),
                word == Word.BUILD_FAILED ? List.of(say("route.c:7: error")) : List.of());
    }

    private Build build(Word word) {
        boolean built = word != Word.BUILD_FAILED && word != Word.PATCH_REJECTED;
        return new Build(
                say("run-1"),
                Optional.of(new Injection(say("EL7"), List.of(say("line 1")), Optional.of("@@ -1 +1 @@\n+" + text))),
                Optional.of(new Proof(
                        "f".repeat(64), "0".repeat(64), List.of(say("route.c")), List.of(say("hunk")), List.of())),
                built
                        ? Optional.of(new Packages(
                                say("6.1"),
                                "b".repeat(64),
                                Optional.of(say("c0ffee")),
                                List.of(new Findings.Package(say("kernel-6.1"), "8".repeat(64), 7)),
                                say("k/build.log"),
                                say("incremental, in the built tree of control")))
                        : Optional.empty(),
                Optional.of(say("dnf")),
                Duration.ofSeconds(80),
                List.of(say("the diff of the spec")));
    }

    private Trial trial(int number, String outcome) {
        return new Trial(
                number,
                say("run-1"),
                number,
                outcome,
                3,
                say("seen"),
                Duration.ofSeconds(62),
                TIME.plusSeconds(100),
                List.of(say("WARNING in f")),
                Optional.of(new Booted(say("6.1"), say("kernel-6.1"), Optional.empty(), List.of())),
                say("k/console-1.log"),
                List.of(
                        new Moment(Moment.Kind.BEGIN, Duration.ZERO, 1, "begin"),
                        new Moment(Moment.Kind.EXPOSURE, Duration.ofSeconds(15), 7, say("a0")),
                        new Moment(Moment.Kind.FAULT, Duration.ofSeconds(16), 8, say("WARNING in f")),
                        new Moment(Moment.Kind.TEARDOWN, Duration.ofSeconds(40), 9, "teardown-done"),
                        new Moment(Moment.Kind.SYMPTOM, Duration.ofSeconds(50), 10, say("waiting"))),
                List.of(new Line(7, say("reuse"), Line.Weight.COUNTS), new Line(9, say("around"), Line.Weight.AROUND)));
    }

    private static Outcome outcome(Word word) {
        Hope hope = switch (word) {
            case REPRODUCED, FIXED -> Hope.HOPED;
            case NOT_REPRODUCED -> Hope.INCONCLUSIVE;
            case INCONCLUSIVE -> Hope.TROUBLE;
            default -> Hope.SAYS_NO;
        };
        return new Outcome(hope, hope.ordinal(), "a verdict says no");
    }
}
