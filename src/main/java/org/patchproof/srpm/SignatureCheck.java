package org.patchproof.srpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.patchproof.files.Belongings;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/**
 * Has rpm's own keyring tool verify who signed a package. The keyring is new and holds one key file
 * and nothing else: what this host trusts does not count.
 */
public final class SignatureCheck {
    /** A key with many certifications has some 100 KiB. */
    private static final int KEY_LIMIT = 1 << 20;

    private static final String ARMOR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    /** rpm 6 writes the word small: {@code Header OpenPGP V4 RSA/SHA256 signature, key fingerprint: ...: OK}. */
    private static final Pattern SIGNATURE = Pattern.compile("\\s*(?:\\S+ )*[Ss]ignature, key (?:ID|fingerprint):? .*");

    private final CommandRunner runner;

    /** Runs {@code rpmkeys} by {@code runner}. */
    public SignatureCheck(CommandRunner runner) {
        this.runner = Objects.requireNonNull(runner);
    }

    /**
     * What was verified.
     *
     * @param sha256 of the bytes that rpmkeys saw: a file with another one is another package, whatever it is
     *     called
     * @param signatures what rpmkeys says of each, as {@code Header V4 RSA/SHA256 Signature, key ID fd431d51};
     *     at least one
     */
    public record Signed(String sha256, List<String> signatures) {
        public Signed {
            Objects.requireNonNull(sha256);
            signatures = List.copyOf(signatures);
        }
    }

    /**
     * Verifies all signatures of a package, on a copy that nobody else can change meanwhile: whoever unpacks
     * the package afterwards holds it against the copy's digest.
     *
     * @param rpm the package
     * @param key a file with the vendor's public key, ASCII armoured
     * @throws RpmFormatException when the package has no signature, or one that is bad or not of this
     *     key, or when the key file holds no key, or a revoked one
     * @throws org.patchproof.process.CommandException when rpmkeys cannot be run
     */
    public Signed verify(Path rpm, Path key) throws IOException {
        requireKey(key);
        Path scratch = Belongings.ours().scratch();
        try {
            Path keyring = Files.createDirectory(scratch.resolve("keyring"));
            importKey(keyring, key);
            Path copy = Files.copy(rpm, scratch.resolve("package.rpm"));
            return new Signed(FileDigest.sha256(copy), checked(rpm, key, keys(keyring, "-Kv", copy)));
        } finally {
            Staging.remove(scratch);
        }
    }

    private static void requireKey(Path key) throws IOException {
        String text = Files.isRegularFile(key) && Files.size(key) <= KEY_LIMIT
                ? Files.readString(key, StandardCharsets.ISO_8859_1)
                : "";
        if (!text.contains(ARMOR)) {
            throw RpmFormatException.refused(
                    key, "holds no public key", "Name the vendor's key file, which begins with " + ARMOR + ".");
        }
        if (KeyRevocation.isIn(text)) {
            throw RpmFormatException.refused(
                    key,
                    "holds a key that its owner has revoked, of which rpm takes signatures for good",
                    "Get the key that the vendor signs with now, alone in a file.");
        }
    }

    private void importKey(Path keyring, Path key) {
        CommandResult imported = keys(keyring, "--import", key);
        requireRan(imported);
        if (!imported.ok()) {
            throw RpmFormatException.refused(
                    key,
                    "rpmkeys does not take it for a key: " + imported.output().strip(),
                    "Get the vendor's key again.");
        }
    }

    private CommandResult keys(Path keyring, String what, Path file) {
        return runner.run(Command.of(
                        "rpmkeys",
                        "--dbpath",
                        keyring.toString(),
                        what,
                        file.toAbsolutePath().toString())
                .with("LC_ALL", "C")
                .with("HOME", keyring.toString()));
    }

    private static void requireRan(CommandResult result) {
        if (result.ending() != CommandResult.Ending.EXITED) {
            result.orThrow();
        }
    }

    private static List<String> checked(Path rpm, Path key, CommandResult result) {
        requireRan(result);
        List<String> signatures = result.output()
                .lines()
                .filter(line -> SIGNATURE.matcher(line).matches())
                .map(String::strip)
                .toList();
        if (signatures.isEmpty() && result.ok()) {
            throw RpmFormatException.refused(
                    rpm, "it is not signed", "Get the vendor's signed package, or name no key and trust its sha256.");
        }
        List<String> wrong =
                signatures.stream().filter(line -> !line.endsWith(": OK")).toList();
        if (!wrong.isEmpty() || !result.ok()) {
            String said = wrong.isEmpty() ? result.output().strip() : String.join("; ", wrong);
            boolean other = said.contains("NOKEY");
            throw RpmFormatException.refused(
                    rpm,
                    (other ? "it is signed by another key than that of " + key : "its signature is bad") + ": " + said,
                    other ? "Name the key of its vendor." : RpmFormatException.COPY_AGAIN);
        }
        return signatures.stream().map(line -> line.replaceFirst(": OK$", "")).toList();
    }
}
