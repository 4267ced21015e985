package org.patchproof.pipeline;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a release is made; all of it has a default but the key.
 *
 * @param key of 16, 40 or 64 hex digits
 * @param suffix of the release, as {@code .netdev_leak}; empty for the bug's name
 * @param packager of the changelog entry, {@code Name <mail>}; empty for the key's owner
 * @param date of the changelog entry; empty for the last day whose noon (UTC) is over, which is kept when the
 *     release goes on
 * @param ticket named in the changelog entry
 * @param confidence that the proof must have had
 * @param next {@code version-release} of kernels that the vendor is known to bring next
 * @param allowed exported symbols that may change
 * @param unproved why it is released even without proof
 * @param customer how it is tried as a customer would
 * @param base the address where the release will lie; empty for where it is made
 */
public record ReleaseOptions(
        SigningWith key,
        Optional<String> suffix,
        Optional<String> packager,
        Optional<LocalDate> date,
        Optional<String> ticket,
        double confidence,
        List<String> next,
        SortedSet<String> allowed,
        Optional<Waiver> unproved,
        Customer customer,
        Optional<String> base) {

    /** The key, and the file that gpg reads its passphrase from where no agent has it. */
    public record SigningWith(String keyId, Optional<java.nio.file.Path> passphraseFile) {
        public SigningWith {
            requireNonNull(keyId);
            requireNonNull(passphraseFile);
        }
    }

    /** A safeguard that is left out: why, and whether that was said twice: then the exit code is 0. */
    public record Waiver(String reason, Said said) {
        public Waiver {
            requireNonNull(said);
            if (reason.isBlank() || reason.length() > 500 || reason.chars().anyMatch(Character::isISOControl)) {
                throw new WrongRequestException(
                        "--without-proof and --without-customer-trial need a reason of one line, at most 500 characters",
                        "It stands in every paper: --without-proof 'customer accepts an unproved kernel, ticket 4711'.");
            }
        }

        boolean insists() {
            return said == Said.TWICE;
        }
    }

    /**
     * The trial in a customer's machine.
     *
     * @param untried why it is released without one
     * @param acceleration {@code kvm} or {@code tcg}; empty: what works here
     */
    public record Customer(Optional<Waiver> untried, Optional<String> acceleration) {
        public Customer {
            requireNonNull(untried);
            acceleration
                    .filter(word -> !word.equals("kvm") && !word.equals("tcg"))
                    .ifPresent(word -> {
                        throw new WrongRequestException("acceleration: " + word, "Write --accel kvm or --accel tcg.");
                    });
        }

        /** Tried, with what works here. */
        public static Customer tried() {
            return new Customer(Optional.empty(), Optional.empty());
        }
    }

    /** How often it was said. */
    public enum Said {
        ONCE,
        TWICE
    }

    public ReleaseOptions {
        requireNonNull(key);
        requireNonNull(suffix);
        requireNonNull(packager);
        requireNonNull(date);
        requireNonNull(ticket);
        next = List.copyOf(next);
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
        requireNonNull(unproved);
        requireNonNull(customer);
        requireNonNull(base);
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new WrongRequestException(
                    "confidence: " + confidence, "Give a number from 0.5 to below 1, as --confidence 0.95.");
        }
    }

    /** With the defaults. */
    public static ReleaseOptions signedBy(String keyId) {
        return new ReleaseOptions(
                new SigningWith(keyId, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0.95,
                List.of(),
                new TreeSet<>(),
                Optional.empty(),
                Customer.tried(),
                Optional.empty());
    }
}
