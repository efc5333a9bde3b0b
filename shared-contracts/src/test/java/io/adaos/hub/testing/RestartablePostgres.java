package io.adaos.hub.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL of its own on a fixed port, which tests may start late, kill and start again. */
public final class RestartablePostgres implements AutoCloseable {

    private static final int KILL_SECONDS = 10;

    private final int port;
    private final Path home;
    private EmbeddedPostgres server;      // null while stopped

    private RestartablePostgres(int port, Path home) {
        this.port = port;
        this.home = home;
    }

    /** Takes a port and a folder, but does not start yet. */
    public static RestartablePostgres unstarted() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new RestartablePostgres(
                    socket.getLocalPort(), Files.createTempDirectory("hub-postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of its one database. */
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    /**
     * Starts the server, with what it kept from last time. A commit is a promise here, as in
     * production: the embedded server's own setting may lose the newest ones when it is killed.
     */
    public synchronized void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(home.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** Ends the server at once, as a power cut would. */
    public synchronized void kill() {
        if (server == null) {
            return;
        }
        try {
            Path pidFile = home.resolve("data").resolve("postmaster.pid");
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            ProcessHandle.of(pid).ifPresent(RestartablePostgres::end);
            Files.deleteIfExists(pidFile);
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = null;
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = null;
        }
        Folders.delete(home);
    }

    private static void end(ProcessHandle process) {
        process.children().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("PostgreSQL does not end", e);
        }
    }
}
