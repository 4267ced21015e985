package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;

/** A GnuPG home with one key under a passphrase, for one test; and a runner that uses it. */
public final class ThrowAwayKey implements AutoCloseable {
    /** Not to be found in any log, command line or exception. */
    public static final String PASSPHRASE = "correct-horse-battery-staple-4711";

    private final Path home;
    private final Path passphraseFile;
    private final String fingerprint;

    /** Makes it in {@code dir}; {@code user} as {@code Name <mail>}. */
    public ThrowAwayKey(Path dir, String user) throws IOException {
        home = Files.createDirectory(
                dir.resolve("gnupg"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // As a CI server's secret file is called.
        Path secrets = Files.createDirectories(dir.resolve("job@tmp").resolve("secretFiles"));
        passphraseFile = Files.writeString(secrets.resolve("passphrase"), PASSPHRASE + "\n");
        Files.setPosixFilePermissions(passphraseFile, PosixFilePermissions.fromString("rw-------"));
        gpg(
                "--pinentry-mode",
                "loopback",
                "--passphrase-file",
                passphraseFile.toString(),
                "--quick-generate-key",
                user,
                "ed25519",
                "sign",
                "1d");
        fingerprint = gpg("--with-colons", "--list-secret-keys")
                .output()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":")[9])
                .findFirst()
                .orElseThrow();
        forget();
    }

    public String fingerprint() {
        return fingerprint;
    }

    public Path passphraseFile() {
        return passphraseFile;
    }

    /** Makes the agent forget the passphrase that making the key told it. */
    public void forget() {
        StubKernel.run(Command.of("gpgconf", "--homedir", home.toString(), "--kill", "all"));
    }

    /** gpg with this home. */
    public CommandResult gpg(String... arguments) {
        List<String> argv =
                new java.util.ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--homedir", home.toString()));
        argv.addAll(List.of(arguments));
        return StubKernel.run(Command.of(argv)).orThrow();
    }

    /** Real tools, for which this is the user's home. */
    public CommandRunner runner() {
        CommandRunner real = new LeashedRunner();
        return new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                return real.run(here(command), lines);
            }

            @Override
            public RunningCommand start(Command command) {
                return real.start(here(command));
            }
        };
    }

    private Command here(Command command) {
        return command.environment().containsKey("GNUPGHOME") ? command : command.with("GNUPGHOME", home.toString());
    }

    /** Where it is. */
    public Path home() {
        return home;
    }

    @Override
    public void close() {
        forget();
    }
}
