package org.patchproof.repro;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.repro.StartupEnd.Whose;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.ConsoleListener;
import org.patchproof.vm.Startup;
import org.patchproof.vm.Startup.Ear;
import org.patchproof.vm.VirtualMachine;

/** Brings a {@link StartupWatch} what a real machine says and does, with the host's time. */
final class StartingMachine implements ConsoleListener {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final StartupWatch watch;
    private final long began = System.nanoTime();
    private Duration nextLook = Duration.ZERO;
    private int firmwareLines;

    StartingMachine(Startup startup, Acceleration acceleration) {
        watch = new StartupWatch(startup, acceleration);
    }

    @Override
    public void accept(byte[] bytes, int count) {
        watch.console(bytes, count, at());
    }

    /** A word of the channel. */
    void word(String line) {
        watch.line(Ear.CHANNEL, line, at());
    }

    /** Looks at the machine; how its start ended, if it has. */
    Optional<StartupEnd> judge(VirtualMachine machine) {
        if (at().compareTo(nextLook) >= 0) {
            nextLook = at().plus(BETWEEN_LOOKS);
            firmware(machine);
            machine.look().ifPresent(look -> watch.look(look, at()));
        }
        return watch.judge(at());
    }

    /** The machine ended by itself. */
    StartupEnd ended(VirtualMachine machine, int exitCode, String complaint) {
        firmware(machine);
        watch.ended(exitCode, complaint);
        return watch.judge(at()).orElseThrow();
    }

    /** It can no longer be heard. */
    StartupEnd deaf(String why) {
        watch.deaf(why);
        return watch.judge(at()).orElseThrow();
    }

    /** Whose doing it is that the kernel died by its own word; empty when it did not. */
    Optional<Whose> died() {
        return watch.died();
    }

    private void firmware(VirtualMachine machine) {
        List<String> lines = machine.firmware().lines().toList();
        lines.subList(firmwareLines, lines.size()).forEach(line -> watch.line(Ear.FIRMWARE, line, at()));
        firmwareLines = lines.size();
    }

    private Duration at() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
