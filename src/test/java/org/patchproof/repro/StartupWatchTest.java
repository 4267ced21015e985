package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.MachineLook;
import org.patchproof.vm.Startup;
import org.patchproof.vm.Startup.Ear;

/**
 * Each file in {@code repro/startup} is one start: what happens when, and what is to be told of it by when.
 *
 * <pre>
 *   expect KIND WHOSE FROM..TO    seconds between which it is to be told
 *   says TEXT                     in its sentence
 *   last TEXT                     its last console line
 *   accel kvm | tcg               (default tcg)
 *   startup login                 a guest that shows a prompt, instead of ours
 *   startup loader                a guest whose boot loader is to load 6.1.192
 *   SECONDS firmware | console | channel LINE
 *   SECONDS prompt TEXT           on the console, without a line feed
 *   SECONDS runs RATE             so many processors run from now on
 *   SECONDS waits RATE            so many threads wait for the host
 *   SECONDS stop | continue
 *   SECONDS blocked | unblocked   by the host's disk
 *   SECONDS ended CODE COMPLAINT
 *   SECONDS deaf WHY
 * </pre>
 */
class StartupWatchTest {
    private static final Path CASES = Path.of("src/test/resources/repro/startup");
    private static final int LONGEST = 400;
    private static final String LOADED = "6.1.192";

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachIsToldInTime(String name) throws IOException {
        Script script = new Script(Files.readAllLines(CASES.resolve(name)));
        StartupWatch watch = new StartupWatch(script.startup, script.acceleration);
        double told = -1;
        Optional<StartupEnd> end = Optional.empty();
        for (int tenth = 0; tenth < LONGEST * 10 && end.isEmpty(); tenth++) {
            script.play(watch, tenth);
            end = watch.judge(Duration.ofMillis(tenth * 100L));
            told = tenth / 10.0;
        }
        assertThat(end).as("nothing was told in " + LONGEST + " s").isPresent();
        assertThat(end.get().kind() + " " + end.get().whose())
                .as(end.get().toString())
                .isEqualTo(script.expected);
        assertThat(told).as(end.get().toString()).isBetween(script.from, script.to);
        assertThat(end.get().sentence()).contains(script.says);
        if (!script.last.isEmpty()) {
            assertThat(end.get().lastLines()).last().isEqualTo(script.last);
        }
    }

    @Test
    void aJudgementDoesNotChange() {
        StartupWatch watch = new StartupWatch(Startup.direct(), Acceleration.KVM);
        watch.deaf("disk full");
        watch.line(Ear.CHANNEL, "ready", Duration.ofSeconds(1));
        watch.ended(1, "");
        assertThat(watch.judge(Duration.ofDays(1))).map(StartupEnd::kind).contains(StartupEnd.Kind.DEAF);
    }

    @Test
    void ofAGuestThatPrintsForEverOnlyTheEndIsKept() {
        StartupWatch watch = new StartupWatch(Startup.direct(), Acceleration.KVM);
        byte[] line = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1_000; i++) {
            watch.console(line, line.length, Duration.ZERO);
            watch.console(new byte[] {'\n'}, 1, Duration.ZERO);
        }
        StartupEnd end = watch.judge(Duration.ofDays(1)).orElseThrow();
        assertThat(end.lastLines())
                .hasSize(StartupWatch.LAST_LINES)
                .allSatisfy(l -> assertThat(l.length()).isLessThan(10_000));
    }

    /** One file. */
    private static final class Script {
        private record Step(int tenth, String verb, String rest) {}

        private final List<Step> steps = new ArrayList<>();
        private String expected = "";
        private String says = "";
        private String last = "";
        private double from;
        private double to;
        private Acceleration acceleration = Acceleration.TCG;
        private Startup startup = Startup.direct();
        private double runs;
        private double waits;
        private double ran;
        private double waited;
        private boolean stopped;
        private boolean blocked;

        Script(List<String> lines) {
            for (String line : lines) {
                String[] words = line.split(" ", 2);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (Character.isDigit(line.charAt(0))) {
                    String[] step = words[1].split(" ", 2);
                    steps.add(new Step(
                            (int) Math.round(Double.parseDouble(words[0]) * 10),
                            step[0],
                            step.length > 1 ? step[1] : ""));
                } else {
                    set(words[0], words[1]);
                }
            }
        }

        private void set(String key, String value) {
            switch (key) {
                case "expect" -> {
                    String[] words = value.split(" ");
                    expected = words[0] + " " + words[1];
                    from = Double.parseDouble(words[2].split("\\.\\.")[0]);
                    to = Double.parseDouble(words[2].split("\\.\\.")[1]);
                }
                case "says" -> says = value;
                case "last" -> last = value;
                case "accel" -> acceleration = Acceleration.valueOf(value.toUpperCase(java.util.Locale.ROOT));
                case "startup" -> startup = value.equals("login") ? login() : Startup.loader(LOADED);
                default -> throw new IllegalArgumentException(key);
            }
        }

        /** As of a disk that boots by itself: nothing of the firmware, no channel. */
        private static Startup login() {
            return new Startup(
                    List.of(
                            new Startup.Phase(
                                    "the kernel's first line",
                                    Ear.CONSOLE,
                                    Pattern.compile("^Linux version "),
                                    Duration.ofSeconds(20)),
                            new Startup.Phase(
                                    "the login prompt",
                                    Ear.CONSOLE,
                                    Pattern.compile("login: $"),
                                    Duration.ofSeconds(30))),
                    0,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60));
        }

        void play(StartupWatch watch, int tenth) {
            Duration at = Duration.ofMillis(tenth * 100L);
            for (Step step : steps) {
                if (step.tenth == tenth) {
                    perform(watch, step, at);
                }
            }
            ran += runs / 10;
            waited += waits / 10;
            watch.look(
                    new MachineLook(
                            Duration.ofMillis((long) (ran * 1000)),
                            Duration.ofMillis((long) (waited * 1000)),
                            stopped,
                            blocked),
                    at);
        }

        private void perform(StartupWatch watch, Step step, Duration at) {
            switch (step.verb) {
                case "firmware", "channel" ->
                    watch.line(Ear.valueOf(step.verb.toUpperCase(java.util.Locale.ROOT)), step.rest, at);
                case "console" -> print(watch, step.rest + "\n", at);
                case "prompt" -> print(watch, step.rest, at);
                case "runs" -> runs = Double.parseDouble(step.rest);
                case "waits" -> waits = Double.parseDouble(step.rest);
                case "stop" -> stopped = true;
                case "continue" -> stopped = false;
                case "blocked" -> blocked = true;
                case "unblocked" -> blocked = false;
                case "ended" -> {
                    String[] words = step.rest.split(" ", 2);
                    watch.ended(Integer.parseInt(words[0]), words.length > 1 ? words[1] : "");
                }
                case "deaf" -> watch.deaf(step.rest);
                default -> throw new IllegalArgumentException(step.verb);
            }
        }

        private static void print(StartupWatch watch, String text, Duration at) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            watch.console(bytes, bytes.length, at);
        }
    }
}
