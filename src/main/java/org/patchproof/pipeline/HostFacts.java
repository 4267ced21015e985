package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.patchproof.process.CommandRunner;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.AccelerationChoice;
import org.patchproof.vm.AccelerationMemory;
import org.patchproof.vm.AccelerationProbe;

/**
 * The host of a run.
 *
 * @param choice how its guests are accelerated
 * @param record the same and more, for run.json
 * @param room what it has to spare, when the run began
 */
record HostFacts(AccelerationChoice choice, RunRecord.Host record, HostRoom room) {

    /**
     * Looks at {@code host}; {@code asked} overrides what is remembered in {@code cache} or found by the
     * probe, to which {@code linux} brings something to boot.
     */
    static HostFacts look(
            HostView host, CommandRunner runner, Optional<String> asked, Path cache, AccelerationProbe.Linux linux)
            throws IOException, InterruptedException {
        AccelerationChoice choice = asked.isPresent()
                ? new AccelerationChoice(Acceleration.valueOf(asked.get().toUpperCase(Locale.ROOT)), "as asked for")
                : AccelerationMemory.of(cache).choose(new AccelerationProbe(runner)::choose, linux);
        return of(host, choice);
    }

    /** This host, when no guest runs on it. */
    static HostFacts withoutGuests() throws IOException {
        return of(HostView.here(), new AccelerationChoice(Acceleration.TCG, "no guest is run"));
    }

    private static HostFacts of(HostView host, AccelerationChoice choice) throws IOException {
        RunRecord.Host record = new RunRecord.Host(
                osName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                host.processors(),
                choice.acceleration().word(),
                choice.reason());
        return new HostFacts(choice, record, HostRoom.of(host));
    }

    private static String osName() throws IOException {
        Path release = Path.of("/etc/os-release");
        if (!Files.isReadable(release)) {
            return System.getProperty("os.name");
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse(System.getProperty("os.name"));
    }
}
