package org.patchproof.vm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.RuntimeSshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** Root's shell in a guest, over SSH to a port of this host that leads nowhere else. */
final class SshShell implements GuestShell {
    private static final String USER = "root";
    private static final String HERE = "127.0.0.1";

    private final SshClient client;
    private final ClientSession session;

    private SshShell(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /**
     * Logs in with our key of {@code keys}, if the guest shows its own of them: with any other it is not
     * spoken to.
     *
     * @param within how long connecting and logging in may take, each
     * @throws IOException when nobody listens yet, or it is another host, or it does not let us in
     */
    static SshShell open(int port, SshKeys keys, Duration within) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        // Nothing of the user's: no agent, no known hosts, no configuration, no other key.
        client.setHostConfigEntryResolver(org.apache.sshd.client.config.hosts.HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setPasswordIdentityProvider(
                org.apache.sshd.client.auth.password.PasswordIdentityProvider.EMPTY_PASSWORDS_PROVIDER);
        client.setServerKeyVerifier(
                (session, address, shown) -> same(shown, keys.host().getPublic()));
        client.start();
        try {
            ClientSession session =
                    client.connect(USER, HERE, port).verify(within).getSession();
            session.addPublicKeyIdentity(keys.client());
            session.auth().verify(within);
            return new SshShell(client, session);
        } catch (RuntimeSshException e) {
            client.stop();
            throw new IOException(e);
        } catch (IOException | RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    private static boolean same(PublicKey shown, PublicKey known) {
        return KeyUtils.compareKeys(shown, known);
    }

    @Override
    public Answer say(Words words) throws IOException {
        Bounded output = new Bounded();
        try (ChannelExec channel = session.createExecChannel(words.line())) {
            channel.setIn(new ByteArrayInputStream(words.input().getBytes(StandardCharsets.UTF_8)));
            channel.setOut(output);
            channel.setErr(output);
            channel.open().verify(words.within());
            Set<ClientChannelEvent> seen = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), words.within());
            if (seen.contains(ClientChannelEvent.TIMEOUT)) {
                throw new IOException("'" + words.line() + "' took more than "
                        + words.within().toSeconds() + " s in the guest; it printed: "
                        + output.answer(-1).output());
            }
            Integer code = channel.getExitStatus();
            if (code == null) {
                throw new IOException("the guest was lost while it did '" + words.line() + "'; it printed: "
                        + output.answer(-1).output());
            }
            return output.answer(code);
        } catch (RuntimeSshException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        session.close(true);
        client.stop();
    }

    /** Keeps the beginning. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (kept.size() < OUTPUT_LIMIT) {
                kept.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            kept.write(bytes, from, Math.min(count, OUTPUT_LIMIT - kept.size()));
        }

        synchronized Answer answer(int exitCode) {
            return new Answer(exitCode, kept.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
