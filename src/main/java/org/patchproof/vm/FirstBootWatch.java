package org.patchproof.vm;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells of a user's image that starts for the first time when there is no hope left, long before its time is
 * up: by its words, and by what the host sees of its machine. It has no clock: each sight comes with its time.
 *
 * <p>An image need not have a serial console before it is ours, so silence alone means nothing: a machine lives
 * while it speaks, or reads or writes its disk.
 */
final class FirstBootWatch {
    /** SeaBIOS takes a tenth of it. */
    private static final Duration HAND_OVER = Duration.ofSeconds(5);

    private static final String HANDED_OVER = "Booting from Hard";
    /** From a login prompt, or the end of cloud-init, to an sshd that lets us in. */
    private static final Duration LOGIN = Duration.ofSeconds(15);
    /** Longer than a kernel unpacks itself, or a key is made. */
    private static final Duration SPINNING = Duration.ofSeconds(5);
    /** Longer than boot loaders count down; it is the guest's clock that counts, however fast its processors are. */
    private static final Duration IDLE = Duration.ofSeconds(40);
    /** A process that is stopped for longer was stopped by somebody. */
    private static final Duration STOPPED = Duration.ofSeconds(2);
    /** A start reads much more; QEMU's own book-keeping reads less. */
    private static final long LIFE_BYTES = 1L << 20;
    /** A machine that wanted a processor for half of the time spins. */
    private static final double BUSY = 0.5;
    /** One that ran for less of it idles, unless it would have run much more if the host had let it. */
    private static final double LAZY = 0.05;

    private static final double STARVED = 0.3;

    /**
     * What is seen of the machine.
     *
     * @param firmware what the firmware has said so far
     * @param look what the host says of its process
     * @param moved bytes that the process has read and written so far
     * @param ssh why nobody could log in the last time
     * @param at time since its start
     */
    record Sight(String firmware, Optional<MachineLook> look, OptionalLong moved, String ssh, Duration at) {
        Sight {
            Objects.requireNonNull(firmware);
            Objects.requireNonNull(look);
            Objects.requireNonNull(moved);
            Objects.requireNonNull(ssh);
            Objects.requireNonNull(at);
        }
    }

    private final FirstBootWords words;
    private final Acceleration acceleration;
    private long heard;
    private Optional<Sight> lastLife = Optional.empty();
    private Optional<Duration> upSince = Optional.empty();
    private Optional<Duration> stoppedSince = Optional.empty();

    FirstBootWatch(FirstBootWords words, Acceleration acceleration) {
        this.words = words;
        this.acceleration = acceleration;
    }

    /** Why nobody will be able to log in any more; empty while somebody may. */
    synchronized Optional<String> hopeless(Sight sight) {
        return told(sight)
                .or(() -> late(sight))
                .or(() -> closed(sight))
                .or(() -> lifeless(sight))
                .map(why -> why + words.lastLines());
    }

    /** Why one that we speak with is of no use any more; how long it takes is not judged. */
    synchronized Optional<String> broken(Sight sight) {
        return told(sight).map(why -> why + words.lastLines());
    }

    private Optional<String> told(Sight sight) {
        boolean stopped = sight.look().map(MachineLook::stopped).orElse(false);
        stoppedSince = stopped ? stoppedSince.or(() -> Optional.of(sight.at())) : Optional.empty();
        return words.hopeless(sight.firmware())
                .or(() -> stoppedSince
                        .filter(since -> sight.at().minus(since).compareTo(STOPPED) >= 0)
                        .map(since -> "QEMU was stopped by a signal, and not continued"));
    }

    private Optional<String> late(Sight sight) {
        Duration within = acceleration.stretch(HAND_OVER);
        return sight.firmware().contains(HANDED_OVER) || sight.at().compareTo(within) <= 0
                ? Optional.empty()
                : Optional.of("the firmware did not hand over to its boot loader in " + within.toSeconds() + " s");
    }

    private Optional<String> closed(Sight sight) {
        Optional<String> up = words.up();
        upSince = up.isPresent() ? upSince.or(() -> Optional.of(sight.at())) : Optional.empty();
        Duration within = acceleration.stretch(LOGIN);
        return upSince.filter(since -> sight.at().minus(since).compareTo(within) > 0)
                .map(since -> up.orElseThrow() + ", and after " + within.toSeconds()
                        + " s nobody could log in by SSH (the last time: " + sight.ssh() + ")");
    }

    private Optional<String> lifeless(Sight sight) {
        boolean spoke = words.heard() > heard;
        heard = words.heard();
        if (spoke || lastLife.isEmpty() || lives(lastLife.get(), sight)) {
            lastLife = Optional.of(sight);
            return Optional.empty();
        }
        Optional<MachineLook> before = lastLife.get().look();
        return before.flatMap(then -> sight.look()
                .flatMap(now -> stuck(then, now, sight.at().minus(lastLife.get().at()))));
    }

    /** Whether it is seen to do something; also when that cannot be seen. */
    private static boolean lives(Sight then, Sight now) {
        return now.look().isEmpty()
                || then.look().isEmpty()
                || now.look().get().blocked()
                || now.look().get().stopped()
                || now.moved().isEmpty()
                || now.moved().getAsLong() - then.moved().orElse(0) >= LIFE_BYTES;
    }

    private Optional<String> stuck(MachineLook then, MachineLook now, Duration silence) {
        Duration ran = now.ran().minus(then.ran());
        Duration wanted = ran.plus(now.waited()).minus(then.waited());
        double all = Math.max(1, silence.toMillis());
        double busy = wanted.toMillis() / all;
        String how = "it says nothing and reads nothing for " + silence.toSeconds() + " s, ";
        if (busy >= BUSY && ran.compareTo(acceleration.stretch(SPINNING)) >= 0) {
            return Optional.of(how + "while a processor of it spins");
        }
        boolean idles = ran.toMillis() / all <= LAZY && busy <= STARVED;
        return idles && silence.compareTo(IDLE) >= 0 ? Optional.of(how + "and idles") : Optional.empty();
    }
}
