package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchproof.vm.GuestShell.Answer;
import org.patchproof.vm.GuestShell.Words;

/** Against a real SSH server in this JVM, that plays a guest: an honest, a false, an endless, a hanging one. */
class SshShellTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final SshKeys KEYS = SshKeys.fresh();
    private static final SshKeys OTHERS = SshKeys.fresh();

    private final AtomicBoolean over = new AtomicBoolean();
    private SshServer guest;

    @BeforeEach
    void serve() throws IOException {
        guest = SshServer.setUpDefaultServer();
        guest.setHost("127.0.0.1");
        guest.setKeyPairProvider(KeyPairProvider.wrap(List.of(KEYS.host())));
        guest.setPublickeyAuthenticator((user, key, session) ->
                user.equals("root") && KeyUtils.compareKeys(key, KEYS.client().getPublic()));
        guest.setCommandFactory((channel, line) -> new Played(line));
        guest.start();
    }

    @AfterEach
    void stop() throws IOException {
        over.set(true);
        guest.stop(true);
    }

    @Test
    void whatIsSaidArrivesAndTheAnswerComesBack() throws Exception {
        try (SshShell shell = SshShell.open(guest.getPort(), KEYS, SOON)) {
            assertThat(shell.say(new Words("cat", "some words", SOON))).isEqualTo(new Answer(0, "some words"));
            assertThat(shell.say(new Words("fail", "", SOON))).isEqualTo(new Answer(7, "no"));
        }
    }

    @Test
    void anotherHostIsNotSpokenWith() {
        SshKeys expected = new SshKeys(KEYS.client(), OTHERS.host());
        assertThatThrownBy(() -> SshShell.open(guest.getPort(), expected, SOON)).isInstanceOf(IOException.class);
    }

    @Test
    void anotherKeyDoesNotLetIn() {
        SshKeys wrong = new SshKeys(OTHERS.client(), KEYS.host());
        assertThatThrownBy(() -> SshShell.open(guest.getPort(), wrong, SOON)).isInstanceOf(IOException.class);
    }

    @Test
    void aGuestThatPrintsWithoutEndIsCut() throws Exception {
        try (SshShell shell = SshShell.open(guest.getPort(), KEYS, SOON)) {
            Answer answer = shell.say(new Words("flood", "", SOON));
            assertThat(answer.output()).hasSize(GuestShell.OUTPUT_LIMIT).matches("x+");
        }
    }

    @Test
    void aGuestThatHangsIsGivenUpWithWhatItSaid() throws Exception {
        try (SshShell shell = SshShell.open(guest.getPort(), KEYS, SOON)) {
            assertThatThrownBy(() -> shell.say(new Words("hang", "", Duration.ofMillis(500))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("took more than")
                    .hasMessageContaining("it printed: so far");
        }
    }

    @Test
    void aGuestThatIsLostIsNoAnswer() throws Exception {
        try (SshShell shell = SshShell.open(guest.getPort(), KEYS, SOON)) {
            assertThatThrownBy(() -> shell.say(new Words("die", "", SOON))).isInstanceOf(IOException.class);
        }
    }

    private final class Played extends AbstractCommandSupport {
        Played(String line) {
            super(line, null);
        }

        @Override
        public void run() {
            try {
                switch (getCommand()) {
                    case "cat" -> end(0, new String(getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                    case "fail" -> end(7, "no");
                    case "flood" -> end(0, "x".repeat(5 * GuestShell.OUTPUT_LIMIT));
                    case "die" -> getServerSession().close(true);
                    default -> {
                        print("so far");
                        while (!over.get()) {
                            Thread.sleep(50);
                        }
                    }
                }
            } catch (IOException | InterruptedException e) {
                onExit(255);
            }
        }

        private void end(int code, String text) throws IOException {
            print(text);
            onExit(code);
        }

        private void print(String text) throws IOException {
            getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            getOutputStream().flush();
        }
    }
}
