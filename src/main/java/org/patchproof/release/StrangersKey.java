package org.patchproof.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.files.Belongings;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;

/** A key that no customer trusts, in a GnuPG home of its own: gone, with its agent, when it is closed. */
final class StrangersKey implements AutoCloseable {
    private static final String USER = "Somebody else <nobody@invalid.example>";

    private final CommandRunner runner;
    private final Path home;
    private final SigningKey key;

    /** Makes it. RSA, as EL7's rpm knows no other kind; it protects nothing, and so has no passphrase. */
    StrangersKey(CommandRunner runner) throws IOException {
        this.runner = runner;
        home = Belongings.ours().scratch();
        boolean made = false;
        try {
            gpg("--passphrase", "", "--quick-generate-key", USER, "rsa2048", "sign", "1d")
                    .orThrow();
            String fingerprint = gpg("--with-colons", "--list-secret-keys")
                    .orThrow()
                    .output()
                    .lines()
                    .filter(line -> line.startsWith("fpr:"))
                    .map(line -> line.split(":")[9])
                    .findFirst()
                    .orElseThrow(() -> new IOException("gpg made a key and does not list it"));
            key = new SigningKey(fingerprint, USER);
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    /** GnuPG as the stranger uses it. */
    Gpg gpg() {
        return new Gpg(here(), Optional.empty());
    }

    SigningKey key() {
        return key;
    }

    private CommandResult gpg(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--pinentry-mode", "loopback"));
        argv.addAll(List.of(arguments));
        return here().run(Command.of(argv), line -> {});
    }

    private CommandRunner here() {
        return new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                return runner.run(command.with("GNUPGHOME", home.toString()), lines);
            }

            @Override
            public RunningCommand start(Command command) {
                return runner.start(command.with("GNUPGHOME", home.toString()));
            }
        };
    }

    @Override
    public void close() {
        runner.run(Command.of("gpgconf", "--homedir", home.toString(), "--kill", "all"));
        Belongings.ours().remove(home);
    }
}
