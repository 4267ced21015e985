package org.patchproof.repro;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.patchproof.repro.JobEnd.Ending;
import org.patchproof.vm.VirtualMachine;

/** Listens to one guest from its start to the end of its job, each phase with its own deadline. */
final class JobWatch {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int OUTPUT_LINES = 200;
    private static final int EVENT_LIMIT = 10_000;

    private final VirtualMachine machine;
    private final Consumer<JobEvent> onEvent;
    private final BooleanSupplier answered;
    private final List<JobEvent> events = new ArrayList<>();
    private final Deque<String> output = new ArrayDeque<>();
    private Optional<String> kernel = Optional.empty();

    /**
     * @param onEvent hears each event of the job
     * @param answered asked ten times a second; true ends the watch, as nothing more can be learned
     */
    JobWatch(VirtualMachine machine, Consumer<JobEvent> onEvent, BooleanSupplier answered) {
        this.machine = machine;
        this.onEvent = onEvent;
        this.answered = answered;
    }

    /**
     * Watches until the job's end.
     *
     * @param helloWithin how long firmware, kernel and init may take
     * @param jobWithin how long the job may take after that
     */
    JobEnd watch(Duration helloWithin, Duration jobWithin) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + helloWithin.toNanos();
        while (true) {
            Optional<String> word = machine.next(TICK);
            if (word.isPresent()) {
                boolean spokeBefore = kernel.isPresent();
                Optional<JobEnd> end = hear(word.get());
                if (end.isPresent()) {
                    return end.get();
                }
                if (!spokeBefore && kernel.isPresent()) {
                    deadline = System.nanoTime() + jobWithin.toNanos();
                }
            } else if (!machine.alive()) {
                return end(spoken(Ending.DIED), "the machine ended by itself" + qemuComplaint());
            }
            if (machine.deafness().isPresent()) {
                return end(
                        Ending.GUEST_FAILED,
                        "the guest could no longer be heard: "
                                + machine.deafness().get());
            }
            if (answered.getAsBoolean()) {
                return end(Ending.ANSWERED, "the answer was known");
            }
            if (System.nanoTime() > deadline) {
                return end(
                        spoken(Ending.TIMED_OUT),
                        kernel.isEmpty()
                                ? "no word of the guest's init in " + helloWithin.toSeconds() + " s"
                                : "the job took more than " + jobWithin.toSeconds() + " s");
            }
        }
    }

    private Optional<JobEnd> hear(String line) {
        if (line.startsWith("hello ")) {
            kernel = Optional.of(line.substring(6).strip());
        } else if (line.startsWith("@ ") && events.size() < EVENT_LIMIT) {
            JobEvent event = JobEvent.parse(line.substring(2));
            events.add(event);
            onEvent.accept(event);
        } else if (line.startsWith("| ")) {
            output.addLast(line.substring(2));
            if (output.size() > OUTPUT_LINES) {
                output.removeFirst();
            }
        } else if (line.startsWith("exit ")) {
            return Optional.of(exited(line.substring(5).strip()));
        } else if (line.startsWith("failed ")) {
            return Optional.of(end(Ending.GUEST_FAILED, "the guest said: " + line.substring(7)));
        }
        return Optional.empty();
    }

    private JobEnd exited(String code) {
        try {
            return new JobEnd(
                    Ending.EXITED, kernel, Integer.parseInt(code), events, List.copyOf(output), "exit code " + code);
        } catch (NumberFormatException e) {
            return end(Ending.GUEST_FAILED, "the guest said 'exit " + code + "'");
        }
    }

    private Ending spoken(Ending ending) {
        return kernel.isPresent() ? ending : Ending.NO_HELLO;
    }

    private String qemuComplaint() throws InterruptedException {
        return machine.ended()
                .filter(result -> !result.output().isBlank())
                .map(result -> ": " + result.output().strip())
                .orElse("");
    }

    private JobEnd end(Ending ending, String detail) {
        return new JobEnd(ending, kernel, -1, events, List.copyOf(output), detail);
    }
}
