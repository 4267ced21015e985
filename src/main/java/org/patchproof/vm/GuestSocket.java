package org.patchproof.vm;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Our end of one serial port: listens before QEMU starts, hands on every byte the guest sends. */
final class GuestSocket implements AutoCloseable {

    /** Gets the guest's bytes as they come, on the socket's own thread. */
    interface Sink {
        void accept(byte[] bytes, int count) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Sink sink;
    private final Thread thread;
    private volatile SocketChannel guest;
    private volatile String failure;
    private volatile boolean ended;

    GuestSocket(Path path, Sink sink) throws IOException {
        this.sink = sink;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        thread = new Thread(this::listen, "guest-" + path.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try (SocketChannel accepted = server.accept()) {
            guest = accepted;
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (accepted.read(buffer) >= 0 && handOn(buffer.array(), buffer.position())) {
                buffer.clear();
            }
        } catch (AsynchronousCloseException e) {
            // closed by us
        } catch (IOException e) {
            // the machine is gone; whoever waits for it sees that
        } finally {
            ended = true;
        }
    }

    /** Whether nothing more will come: the other end is closed, or could not be listened to. */
    boolean ended() {
        return ended;
    }

    /** Hands on; false when that failed, which is remembered. */
    private boolean handOn(byte[] bytes, int count) {
        try {
            sink.accept(bytes, count);
            return true;
        } catch (IOException | RuntimeException e) {
            failure = String.valueOf(e);
            return false;
        }
    }

    /** Why what the guest says is no longer heard, when that is our fault: a full disk, a listener that failed. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Sends one line. False when nobody is connected any more. */
    boolean send(String line) {
        SocketChannel connected = guest;
        if (connected == null) {
            return false;
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
            while (bytes.hasRemaining()) {
                connected.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until all that the guest sent before its end has been handed on. */
    void drain() {
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        SocketChannel connected = guest;
        if (connected != null) {
            connected.close();
        }
    }
}
