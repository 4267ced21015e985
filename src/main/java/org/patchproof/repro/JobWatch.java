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
import org.patchproof.repro.StartupEnd.Kind;
import org.patchproof.repro.StartupEnd.Whose;
import org.patchproof.vm.VirtualMachine;

/** Listens to one guest from its start to the end of its job, from its first sign to its last. */
final class JobWatch {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int OUTPUT_LINES = 200;
    private static final int EVENT_LIMIT = 10_000;

    private final VirtualMachine machine;
    private final StartingMachine starting;
    private final Consumer<JobEvent> onEvent;
    private final BooleanSupplier answered;
    private final List<JobEvent> events = new ArrayList<>();
    private final Deque<String> output = new ArrayDeque<>();
    private final Deque<String> early = new ArrayDeque<>();
    private Optional<String> kernel = Optional.empty();

    /**
     * @param starting has heard the machine's console from the beginning
     * @param onEvent hears each event of the job
     * @param answered asked ten times a second; true ends the watch, as nothing more can be learned
     */
    JobWatch(VirtualMachine machine, StartingMachine starting, Consumer<JobEvent> onEvent, BooleanSupplier answered) {
        this.machine = machine;
        this.starting = starting;
        this.onEvent = onEvent;
        this.answered = answered;
    }

    /**
     * Watches until the job's end.
     *
     * @param jobWithin how long the job may take once the guest is ready
     */
    JobEnd watch(Duration jobWithin) throws IOException, InterruptedException {
        StartupEnd started = awaitStart();
        if (started.kind() != Kind.READY) {
            return notStarted(started);
        }
        long deadline = System.nanoTime() + jobWithin.toNanos();
        Optional<JobEnd> end = Optional.empty();
        while (end.isEmpty()) {
            Optional<String> word = next();
            if (word.isPresent()) {
                end = hear(word.get());
            } else if (!machine.alive()) {
                return end(Ending.DIED, "the machine ended by itself" + qemuComplaint());
            }
            Optional<String> deafness = machine.deafness();
            if (end.isEmpty() && deafness.isPresent()) {
                return end(Ending.GUEST_FAILED, "the guest could no longer be heard: " + deafness.get());
            }
            if (end.isEmpty() && answered.getAsBoolean()) {
                return end(Ending.ANSWERED, "the answer was known");
            }
            if (end.isEmpty() && System.nanoTime() > deadline) {
                return end(Ending.TIMED_OUT, "the job took more than " + jobWithin.toSeconds() + " s");
            }
        }
        return end.get();
    }

    /** The last word that was heard while it started may be of the job already: it is kept for that. */
    private StartupEnd awaitStart() throws InterruptedException {
        Optional<StartupEnd> end = Optional.empty();
        while (end.isEmpty()) {
            Optional<String> word = machine.next(TICK);
            if (word.isPresent()) {
                early.addLast(word.get());
                starting.word(word.get());
            } else if (!machine.alive()) {
                String complaint = complaint();
                return starting.ended(
                        machine, machine.ended().map(qemu -> qemu.exitCode()).orElse(-1), complaint);
            } else {
                Optional<String> deafness = machine.deafness();
                if (deafness.isPresent()) {
                    return starting.deaf(deafness.get());
                }
            }
            end = starting.judge(machine);
        }
        return end.get();
    }

    private Optional<String> next() throws InterruptedException {
        return early.isEmpty() ? machine.next(TICK) : Optional.of(early.removeFirst());
    }

    private JobEnd notStarted(StartupEnd start) throws InterruptedException {
        while (!early.isEmpty()) {
            Optional<JobEnd> end = hear(early.removeFirst());
            if (end.isPresent()) {
                return end.get(); // init itself said what is wrong
            }
        }
        String lastLine = start.lastLines().isEmpty()
                ? "; its console is empty"
                : "; its last line: " + start.lastLines().get(start.lastLines().size() - 1);
        return new JobEnd(
                start.whose() == Whose.OURS ? Ending.GUEST_FAILED : Ending.NO_HELLO,
                kernel,
                -1,
                events,
                List.copyOf(output),
                start.sentence() + lastLine,
                start.whose() == Whose.EITHER);
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
                    Ending.EXITED,
                    kernel,
                    Integer.parseInt(code),
                    events,
                    List.copyOf(output),
                    "exit code " + code,
                    false);
        } catch (NumberFormatException e) {
            return end(Ending.GUEST_FAILED, "the guest said 'exit " + code + "'");
        }
    }

    private String qemuComplaint() throws InterruptedException {
        String complaint = complaint();
        return complaint.isBlank() ? "" : ": " + complaint;
    }

    private String complaint() throws InterruptedException {
        return machine.ended().map(result -> result.output().strip()).orElse("");
    }

    private JobEnd end(Ending ending, String detail) {
        return new JobEnd(ending, kernel, -1, events, List.copyOf(output), detail, false);
    }
}
