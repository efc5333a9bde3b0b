package io.adaos.hub.projection.room;

import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.ystore.PgStore;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A replica in a process of its own that writes as fast as it may, and says what became of it. */
final class ReplicaProcess implements AutoCloseable {

    private static final int WRITES_MAX = 1_000_000;
    private static final int PAUSE_MILLIS = 2;
    private static final int REFUSED_PAUSE_MILLIS = 50;

    /** A write that was answered durable. */
    record Kept(long generation, String key) {
    }

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ReplicaProcess(Process process) {
        this.process = process;
        Thread listener = new Thread(this::listen, "replica-listener");
        listener.setDaemon(true);
        listener.start();
    }

    static ReplicaProcess start(String url, String name) throws IOException {
        return new ReplicaProcess(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                ReplicaProcess.class.getName(), url, name)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** All writes that were answered durable so far. */
    List<Kept> kept() {
        return lines("durable").map(line -> line.split(" "))
                .map(words -> new Kept(Long.parseLong(words[1]), words[2])).toList();
    }

    /** Lines that begin so. */
    Stream<String> lines(String word) {
        return said.stream().filter(line -> line.startsWith(word));
    }

    /** Sends a signal by name: STOP, CONT or KILL. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs in the other process. */
    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments[1];
        Replicas replica = new Replicas(arguments[0], PgStore.holder(name));
        endWithParent();
        for (int count = 1; count < WRITES_MAX; count++) {
            try {
                WebspaceRoom room = replica.desktop();
                FakeTransport socket = new FakeTransport();
                room.join(RoomFixture.member(socket));
                while (socket.closed().isEmpty()) {
                    write(room, name + "-" + count++);
                }
                System.out.println("closed "
                        + socket.closed().map(CloseReason::code).orElseThrow());
            } catch (CompletionException e) {
                Optional<NotOwnerException> elsewhere = NotOwnerException.in(e);
                System.out.println(elsewhere.map(owner -> "not_owner " + owner.address())
                        .orElse("failed " + e.getCause()));
                Thread.sleep(REFUSED_PAUSE_MILLIS);
            }
        }
    }

    /** A parent that dies closes our input, and nobody is left behind. */
    private static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                Runtime.getRuntime().halt(0);
            }
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static void write(WebspaceRoom room, String key) throws InterruptedException {
        WriteOutcome outcome = RoomFixture.put(room, key, 1).toCompletableFuture().join();
        if (outcome instanceof WriteOutcome.Applied applied) {
            System.out.println("durable " + applied.generation() + " " + key);
            Thread.sleep(PAUSE_MILLIS);
        } else {
            System.out.println("refused " + outcome);
            Thread.sleep(REFUSED_PAUSE_MILLIS);
        }
    }
}
