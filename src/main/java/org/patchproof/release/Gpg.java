package org.patchproof.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchproof.files.Trees;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.Programs;

/**
 * Signs with GnuPG. The passphrase never comes here: gpg's agent has it, asks for it, or gpg itself reads
 * it from a file. Only that file's name is on a command line. Signing programs leave no core.
 */
public final class Gpg {
    private static final Pattern ID = Pattern.compile("(?:0x)?(?:[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})");
    /** The name stands in a macro of rpm's: nothing in it may be one, or end an argument. */
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._+@-]+");

    private static final String STATUS = "[GNUPG:] ";
    private static final Set<String> WORTHLESS = Set.of("REVKEYSIG", "EXPKEYSIG", "EXPSIG");

    private final CommandRunner runner;
    private final Optional<Path> passphraseFile;

    /**
     * @param passphraseFile whose first line is the passphrase, for keys that no agent holds; empty for the agent
     * @throws RefusedException when others may read that file, or it is not there
     */
    public Gpg(CommandRunner runner, Optional<Path> passphraseFile) {
        this.runner = runner;
        this.passphraseFile = passphraseFile.map(Path::toAbsolutePath);
        this.passphraseFile.ifPresent(Gpg::requirePrivate);
    }

    private static void requirePrivate(Path file) {
        if (!PLAIN.matcher(file.toString()).matches() || !Files.isRegularFile(file)) {
            throw new RefusedException(
                    "--passphrase-file " + file + " is no file, or has a name that tools trip over",
                    "Name a file whose path has letters, digits and / . _ + @ - only.");
        }
        try {
            Set<PosixFilePermission> others = PosixFilePermissions.fromString("---rwxrwx");
            others.retainAll(Files.getPosixFilePermissions(file));
            if (!others.isEmpty()) {
                throw new RefusedException(
                        "others than its owner may read " + file,
                        "Run: chmod 600 " + file + ", and change the passphrase.");
            }
        } catch (IOException e) {
            throw new RefusedException(file + " cannot be looked at: " + e.getMessage(), "See who may read it.");
        }
    }

    /**
     * Finds the key to sign with.
     *
     * @param id 16 hex digits at least: shorter ids are forged easily
     * @throws RefusedException when there is no such secret key, or it is expired, revoked, or not for signing
     */
    public SigningKey find(String id) {
        if (!ID.matcher(id).matches()) {
            throw new RefusedException(
                    "--key '" + id + "' is no key id",
                    "Write 16, 40 or 64 hex digits, as gpg --list-secret-keys --keyid-format long prints them.");
        }
        CommandResult result = runner.run(gpg("--with-colons", "--fingerprint", "--list-secret-keys", id));
        String fingerprint = "";
        String user = "";
        String state = "";
        String can = "";
        for (String line : result.output().lines().toList()) {
            String[] field = line.split(":", -1);
            if (field[0].equals("sec") && field.length > 11) {
                state = field[1];
                can = field[11];
            } else if (field[0].equals("fpr") && fingerprint.isEmpty() && field.length > 9) {
                fingerprint = field[9];
            } else if (field[0].equals("uid") && user.isEmpty() && field.length > 9) {
                user = field[9].replace("\\x3a", ":");
            }
        }
        if (!result.ok() || fingerprint.isEmpty()) {
            throw new RefusedException(
                    "gpg has no secret key " + id,
                    "Import it (gpg --import), or set GNUPGHOME to the folder that has it."
                            + " On a Jenkins agent: docs/release.md.");
        }
        if (List.of("e", "r", "d", "i").contains(state) || !can.contains("S")) {
            throw new RefusedException(
                    "the key " + id + " (" + user + ") cannot sign: it is expired, revoked, or not for signing",
                    "Prolong it (gpg --quick-set-expire), or use another one.");
        }
        return new SigningKey(fingerprint, user);
    }

    /** Writes the public key to {@code file}, ASCII armoured, without other people's signatures on it. */
    public void exportPublic(SigningKey key, Path file) throws IOException {
        CommandResult result = runner.run(gpg(
                "--yes",
                "--armor",
                "--export-options",
                "export-minimal",
                "--output",
                file.toString(),
                "--export",
                key.fingerprint()));
        result.orThrow();
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            throw new IOException("gpg exported nothing for " + key.fingerprint());
        }
    }

    /** A detached signature of {@code file} in {@code signature}: ASCII armour where that ends in .asc. */
    public void sign(SigningKey key, Path file, Path signature) {
        List<String> argv = new ArrayList<>(List.of("--yes"));
        if (signature.toString().endsWith(".asc")) {
            argv.add("--armor");
        }
        secret().ifPresent(options -> argv.addAll(List.of(options.split(" "))));
        argv.addAll(List.of(
                "--local-user",
                key.fingerprint(),
                "--digest-algo",
                "SHA256",
                "--output",
                signature.toString(),
                "--detach-sign",
                file.toString()));
        require(runner.run(gpg(argv.toArray(String[]::new))), key);
    }

    /** Signs packages in place, by rpm's own tool. */
    public void signPackages(SigningKey key, List<Path> rpms) {
        String gpg = Programs.find("gpg").map(Path::toString).orElse("/usr/bin/gpg");
        List<String> argv = new ArrayList<>(List.of(
                "rpmsign", "--addsign", "--define", "__gpg " + gpg, "--define", "_gpg_name " + key.fingerprint()));
        argv.addAll(List.of("--define", "_gpg_digest_algo sha256"));
        argv.addAll(List.of(
                "--define",
                "_gpg_sign_cmd_extra_args --batch --no-tty"
                        + secret().map(s -> " " + s).orElse("")));
        rpms.forEach(rpm -> argv.add(rpm.toString()));
        require(runner.run(withoutCore(argv)), key);
    }

    /**
     * Verifies a detached signature in a keyring that holds {@code publicKey} only.
     *
     * @return whether it is good and of that key; not when the key is revoked, or expired: when it was used is what
     *     the signature itself says
     */
    public boolean verify(Path file, Path signature, Path publicKey, SigningKey key) throws IOException {
        Path home = isolatedHome();
        try {
            isolated(home, "--import", publicKey.toString()).orThrow();
            CommandResult result = isolated(
                    home,
                    "--trust-model",
                    "always",
                    "--status-fd",
                    "1",
                    "--verify",
                    signature.toString(),
                    file.toString());
            List<String> said = result.output()
                    .lines()
                    .filter(line -> line.startsWith(STATUS))
                    .map(line -> line.substring(STATUS.length()))
                    .toList();
            // Of a key that is revoked or expired gpg says VALIDSIG as well, and ends with 0.
            return result.ok()
                    && said.stream().noneMatch(line -> WORTHLESS.contains(line.split(" ")[0]))
                    && said.stream().anyMatch(line -> line.startsWith("VALIDSIG ") && line.contains(key.fingerprint()));
        } finally {
            Trees.delete(home);
        }
    }

    /**
     * The only key in {@code publicKey}.
     *
     * @throws RefusedException when there is none, or several, or it is revoked or expired
     */
    public SigningKey read(Path publicKey) throws IOException {
        Path home = isolatedHome();
        try {
            CommandResult shown = isolated(home, "--with-colons", "--show-keys", publicKey.toString());
            List<String[]> fields =
                    shown.output().lines().map(line -> line.split(":", -1)).toList();
            List<String> fingerprints = fields.stream()
                    .filter(field -> field[0].equals("fpr") && field.length > 9)
                    .map(field -> field[9])
                    .toList();
            List<String[]> keys =
                    fields.stream().filter(field -> field[0].equals("pub")).toList();
            if (!shown.ok() || keys.size() != 1 || fingerprints.isEmpty()) {
                throw new RefusedException(
                        publicKey + " does not hold one public key",
                        "Name the file of the key that signed the release.");
            }
            String state = keys.get(0)[1];
            if (state.equals("r") || state.equals("e")) {
                throw new RefusedException(
                        "the key in " + publicKey + " (" + fingerprints.get(0) + ") is "
                                + (state.equals("r") ? "revoked: what it signed may be anybody's" : "expired"),
                        state.equals("r")
                                ? "Ask its owner for a release that is signed by another key."
                                : "Get the key anew, in case its owner prolonged it.");
            }
            return new SigningKey(fingerprints.get(0), "");
        } finally {
            Trees.delete(home);
        }
    }

    /** With a configuration of its own, as newer versions would write one that wants a server for keys. */
    private static Path isolatedHome() throws IOException {
        Path home = Files.createTempDirectory("patchproof-gpg");
        Files.createFile(home.resolve("common.conf"));
        return home;
    }

    /** Public keys need no agent: none is started that would outlive its home. */
    private CommandResult isolated(Path home, String... arguments) {
        List<String> argv =
                new ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--no-autostart", "--homedir", home.toString()));
        argv.addAll(List.of(arguments));
        return runner.run(Command.of(argv).with("GNUPGHOME", home.toString()));
    }

    private Optional<String> secret() {
        return passphraseFile.map(file -> "--pinentry-mode loopback --passphrase-file " + file);
    }

    private Command gpg(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("gpg", "--batch", "--no-tty"));
        argv.addAll(List.of(arguments));
        return withoutCore(argv);
    }

    private static Command withoutCore(List<String> argv) {
        List<String> all = new ArrayList<>(List.of("bash", "-c", "ulimit -c 0 && exec \"$@\"", "sign"));
        all.addAll(argv);
        return Command.of(all);
    }

    private static void require(CommandResult result, SigningKey key) {
        if (!result.ok()) {
            throw new RefusedException(
                    "signing with " + key.id() + " failed (" + result.reason() + "): "
                            + result.output().strip(),
                    "Unlock the key in gpg's agent (sign anything once), or name --passphrase-file FILE."
                            + " Run the same command again: what was built is kept.");
        }
    }
}
