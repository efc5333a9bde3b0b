package io.adaos.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real {@code nats-server} with JetStream on a free loopback port, which tests may mistreat. */
public final class TestNats implements AutoCloseable {

    private static final int START_TRIES = 200;
    private static final int TRY_MILLIS = 25;

    private final int port;
    private final Path store;
    private Process process;      // null while stopped

    private TestNats(int port, Path store) {
        this.port = port;
        this.store = store;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts a server with an empty store. */
    public static TestNats start() {
        TestNats nats = unstarted();
        nats.restart();
        return nats;
    }

    /** Takes a port, but does not start yet: for those who come before their server. */
    public static TestNats unstarted() {
        try {
            return new TestNats(freePort(), Files.createTempDirectory("hub-nats"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Ends the server at once, as a power cut would. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            await(process);
            process = null;
        }
    }

    /** Starts the server again on the same port with what is in its store. */
    public synchronized void restart() {
        kill();
        try {
            process = new ProcessBuilder(binary(), "-js", "-sd", store.toString(),
                    "-a", "127.0.0.1", "-p", String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitPort();
    }

    /** Ends the server and deletes all it stored; {@link #restart} then starts an empty one. */
    public synchronized void wipe() {
        kill();
        Folders.delete(store);
    }

    @Override
    public void close() {
        kill();
        Folders.delete(store);
    }

    private void awaitPort() {
        for (int i = 0; i < START_TRIES; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), TRY_MILLIS);
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IllegalStateException("nats-server did not open port " + port);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Process ended) {
        try {
            ended.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String binary() {
        List<String> folders =
                Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                        .toList();
        return folders.stream()
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new IllegalStateException(
                        "nats-server is not on PATH; install the package 'nats-server'"));
    }
}
