package org.patchproof.verdict;

import java.util.List;
import java.util.Objects;
import org.patchproof.repro.Trial;

/** One variant of a cell: how far it got, and what its trials showed. */
public sealed interface Arm {

    /** A patch of it does not apply. */
    record PatchRejected(String reason) implements Arm {
        public PatchRejected {
            Objects.requireNonNull(reason);
        }
    }

    /** It applies but does not build: the lines of the compiler that say why. */
    record BuildFailed(List<String> lines) implements Arm {
        public BuildFailed {
            lines = List.copyOf(lines);
        }
    }

    /** It builds but its package does not install: the lines that say why. */
    record InstallFailed(List<String> lines) implements Arm {
        public InstallFailed {
            lines = List.copyOf(lines);
        }
    }

    /** It installs but does not boot: the lines of the console that say why. */
    record BootFailed(List<String> lines) implements Arm {
        public BootFailed {
            lines = List.copyOf(lines);
        }
    }

    /** We failed before any trial: says nothing about the kernel. */
    record Infrastructure(String reason) implements Arm {
        public Infrastructure {
            Objects.requireNonNull(reason);
        }
    }

    /** Another run has its evidence: nothing is known of it here. Said of a control only. */
    record Elsewhere() implements Arm {}

    /**
     * It was tried. No trial may be in it twice: it would count twice.
     *
     * @param unexplained trials in which the guest broke off without a word of whose fault it was, each in words:
     *     a candidate that has one cannot be called fixed
     */
    record Tried(List<Trial> trials, Custody custody, List<String> unexplained) implements Arm {
        /** Of which no trial broke off. */
        public Tried(List<Trial> trials, Custody custody) {
            this(trials, custody, List.of());
        }

        public Tried {
            trials = List.copyOf(trials);
            Objects.requireNonNull(custody);
            unexplained = List.copyOf(unexplained);
            if (trials.stream().map(Trial::number).distinct().count() < trials.size()) {
                throw new IllegalArgumentException("two trials of one arm have the same number: "
                        + trials.stream().map(Trial::number).toList());
            }
        }
    }
}
