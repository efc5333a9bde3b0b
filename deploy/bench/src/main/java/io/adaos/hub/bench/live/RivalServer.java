package io.adaos.hub.bench.live;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server of somebody else, with its defaults, as long as this object lives. */
public final class RivalServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long START_MILLIS = 20_000;
    private static final int POLL_MILLIS = 50;

    private final Process process;
    private final int port;

    /**
     * Starts it and waits until it listens.
     *
     * @param command what runs it
     * @param port where it is told to listen
     */
    public RivalServer(Path folder, List<String> command, int port)
            throws IOException, InterruptedException {
        this.port = port;
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(new File("/dev/null"));
        builder.environment().putAll(Map.of("HOST", LOOPBACK, "PORT", Integer.toString(port)));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitPort();
    }

    private void awaitPort() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_MILLIS * 1_000_000;
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("the server at port " + port + " did not start");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), POLL_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public long pid() {
        return process.pid();
    }

    public String url() {
        return "ws://" + LOOPBACK + ":" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
