package org.patchproof.repro;

import java.time.Duration;
import java.util.Optional;
import org.patchproof.console.Fault;
import org.patchproof.repro.StartupEnd.Kind;
import org.patchproof.repro.StartupEnd.Whose;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.MachineLook;
import org.patchproof.vm.Startup;
import org.patchproof.vm.Startup.Ear;
import org.patchproof.vm.Startup.Phase;

/**
 * What is heard and seen of a machine that starts -> how the start ended, as soon as it can be told.
 *
 * <p>It has no clock: every event comes with its time since the machine's start, and {@link #judge} asks
 * how things stand at a time. Limits are stretched by the acceleration. A busy host is allowed for by what the
 * machine wanted: threads that waited for a processor or for the disk did not idle, and
 * time without a processor does not count. Safe for several threads.
 */
final class StartupWatch {
    /** So many of the console's last lines go with a judgement. */
    static final int LAST_LINES = 12;

    /** A process that is stopped for longer was stopped by somebody. */
    private static final Duration STOPPED = Duration.ofSeconds(2);
    /** Host load stretches a deadline no further: then the host is of no use. */
    private static final double MOST_STRETCH = 4;
    /** A machine that wanted a processor for half of the time spins; for a twentieth of it, it idles. */
    private static final double BUSY = 0.5;

    private static final double IDLE = 0.05;
    private static final String BY_SIGNAL = "terminating on signal";
    private static final int SIGNALLED = 128;

    private final Startup startup;
    private final Acceleration acceleration;
    private final StartupConsole console = new StartupConsole();
    private int phase;
    private Duration phaseBegan = Duration.ZERO;
    private Duration lastWord = Duration.ZERO;
    private MachineLook atLastWord = new MachineLook(Duration.ZERO, Duration.ZERO, false, false);
    private Duration lastBlocked = Duration.ZERO;
    private Optional<MachineLook> look = Optional.empty();
    private Optional<Duration> stoppedSince = Optional.empty();
    private Optional<StartupEnd> end = Optional.empty();

    StartupWatch(Startup startup, Acceleration acceleration) {
        this.startup = startup;
        this.acceleration = acceleration;
    }

    /** Bytes of the console. */
    synchronized void console(byte[] bytes, int count, Duration at) {
        console.accept(bytes, count, line -> hear(Ear.CONSOLE, line, at));
        hear(Ear.CONSOLE, console.unfinished(), at);
        spoke(at);
    }

    /** A line of the channel or of the firmware. */
    synchronized void line(Ear ear, String text, Duration at) {
        if (ear == Ear.CHANNEL && text.startsWith("failed ")) {
            conclude(Kind.GAVE_UP, Whose.OURS, "the guest said: " + text.substring("failed ".length()));
        }
        hear(ear, text, at);
        spoke(at);
    }

    /** What the host says of the machine's process. */
    synchronized void look(MachineLook seen, Duration at) {
        look = Optional.of(seen);
        lastBlocked = seen.blocked() ? at : lastBlocked;
        stoppedSince = seen.stopped() ? stoppedSince.or(() -> Optional.of(at)) : Optional.empty();
    }

    /** The guest can no longer be heard. */
    synchronized void deaf(String why) {
        conclude(Kind.DEAF, Whose.OURS, "the guest could no longer be heard: " + why);
    }

    /**
     * QEMU ended by itself, after everything that the guest said was heard.
     *
     * @param exitCode 128 + n for a signal; 0 when the guest reset itself, as a panic makes it do
     * @param complaint what QEMU printed
     */
    synchronized void ended(int exitCode, String complaint) {
        if (diedByItsOwnWord()) {
            return;
        }
        if (exitCode >= SIGNALLED || complaint.contains(BY_SIGNAL)) {
            conclude(Kind.LOST, Whose.OURS, "QEMU was ended from outside: " + how(exitCode, complaint));
        } else if (exitCode != 0) {
            // Whether it was the kernel's file that QEMU did not like, its words tell a person only.
            conclude(
                    Kind.LOST,
                    phase == 0 && !loading() ? Whose.EITHER : Whose.OURS,
                    "QEMU gave up: " + how(exitCode, complaint));
        } else {
            Whose unsaid = phase == 0 && !console.spoke() ? Whose.EITHER : Whose.KERNEL;
            conclude(
                    Kind.RESET,
                    loading() ? Whose.OURS : unsaid,
                    "the machine ended by itself, without a word of why, before "
                            + awaited().name() + " came");
        }
    }

    /** The end of the start, if it can be told at {@code at}; it does not change any more. */
    synchronized Optional<StartupEnd> judge(Duration at) {
        if (end.isEmpty() && !diedByItsOwnWord()) {
            frozen(at);
            silent(at);
            late(at);
        }
        return end;
    }

    /** Whose doing it is that the kernel died by its own word, after its start too; empty while it did not. */
    synchronized Optional<Whose> died() {
        return console.fatal().map(fault -> BootBlame.of(fault, console.heard()));
    }

    private void hear(Ear ear, String text, Duration at) {
        for (int i = phase; i < startup.phases().size(); i++) {
            Phase awaited = startup.phases().get(i);
            if (awaited.ear() == ear && awaited.end().matcher(text).find()) {
                phase = i + 1;
                phaseBegan = at;
                break;
            }
        }
        if (phase == startup.phases().size()) {
            conclude(Kind.READY, Whose.KERNEL, "ready after " + at.toMillis() + " ms");
        }
    }

    private void spoke(Duration at) {
        lastWord = at;
        atLastWord = look.orElse(atLastWord);
    }

    /** A panic says all that is to be said. */
    private boolean diedByItsOwnWord() {
        Optional<Fault> dead = end.isEmpty() ? console.fatal() : Optional.empty();
        dead.ifPresent(fault -> conclude(
                Kind.PANIC,
                loading() ? Whose.OURS : BootBlame.of(fault, console.heard()),
                fault.title() + " before " + awaited().name() + " came"));
        return end.isPresent();
    }

    private void frozen(Duration at) {
        stoppedSince
                .filter(since -> at.minus(since).compareTo(STOPPED) >= 0)
                .ifPresent(since -> conclude(
                        Kind.FROZEN,
                        Whose.OURS,
                        "QEMU was stopped by a signal " + seconds(at.minus(since)) + " ago, and not continued"));
    }

    private void silent(Duration at) {
        Duration silence = at.minus(lastWord);
        if (end.isPresent() || look.isEmpty() || look.get().stopped() || silence.toMillis() <= 0) {
            return;
        }
        Duration ran = look.get().ran().minus(atLastWord.ran());
        Duration wanted = ran.plus(look.get().waited()).minus(atLastWord.waited());
        double busy = (double) wanted.toMillis() / silence.toMillis();
        Duration spinning = acceleration.stretch(startup.spinning());
        if (busy >= BUSY && silence.compareTo(spinning) >= 0 && ran.compareTo(spinning) >= 0) {
            stuck(Kind.SPINNING, seconds(silence) + " of silence, while its processor ran for " + seconds(ran));
        } else if (busy <= IDLE
                && silence.compareTo(startup.idle()) >= 0
                && at.minus(lastBlocked).compareTo(startup.idle()) >= 0) {
            stuck(Kind.SILENT, seconds(silence) + " of silence, and nothing ran");
        }
    }

    private void late(Duration at) {
        Duration within = stretched(acceleration.stretch(awaited().within()));
        if (end.isEmpty() && at.minus(phaseBegan).compareTo(within) > 0) {
            stuck(Kind.LATE, "it was not there after " + seconds(at.minus(phaseBegan)));
        }
    }

    /** After an oops it is the oops; before the kernel could run it is not the kernel. */
    private void stuck(Kind kind, String how) {
        Optional<Fault> oops = console.oops();
        String sentence = "while waiting for " + awaited().name() + ": " + how;
        if (oops.isPresent()) {
            conclude(
                    Kind.OOPS, loading() ? Whose.OURS : Whose.KERNEL, oops.get().title() + ", then, " + sentence);
        } else {
            boolean firmware = awaited().ear() == Ear.FIRMWARE && !console.spoke();
            conclude(kind, firmware || loading() ? Whose.OURS : Whose.EITHER, sentence);
        }
    }

    private Duration stretched(Duration limit) {
        double ran = look.map(l -> (double) l.ran().toMillis()).orElse(0.0);
        double waited = look.map(l -> (double) l.waited().toMillis()).orElse(0.0);
        double load = ran <= 0 ? 1 : Math.min(MOST_STRETCH, 1 + waited / ran);
        return Duration.ofMillis((long) (limit.toMillis() * load));
    }

    /** Whether the kernel in question is still to be loaded: what runs is a boot loader, or another kernel. */
    private boolean loading() {
        return phase < startup.loaderPhases();
    }

    private Phase awaited() {
        return startup.phases().get(Math.min(phase, startup.phases().size() - 1));
    }

    private void conclude(Kind kind, Whose whose, String sentence) {
        if (end.isEmpty()) {
            end = Optional.of(new StartupEnd(kind, whose, sentence, console.last(LAST_LINES)));
        }
    }

    private static String how(int exitCode, String complaint) {
        return "exit code " + exitCode + (complaint.isBlank() ? "" : ": " + complaint.strip());
    }

    private static String seconds(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
