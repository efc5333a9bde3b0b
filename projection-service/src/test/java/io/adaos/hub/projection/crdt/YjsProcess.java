package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.NodeScripts;
import io.adaos.hub.projection.crdt.codec.JsonText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The npm package {@code yjs}, unmodified, in a Node process that answers line by line. */
final class YjsProcess implements AutoCloseable {
    private static final int ANSWER_SECONDS_MAX = 60;

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    YjsProcess() {
        try {
            process = new ProcessBuilder("node", "fuzz.mjs")
                    .directory(NodeScripts.folder().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Sends requests without waiting; both sides work at the same time. */
    CompletableFuture<Void> send(List<Map<String, Object>> messages) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (Map<String, Object> message : messages) {
                    requests.write(PlainJson.of(message));
                    requests.write('\n');
                }
                requests.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, sender);
    }

    /** The next answer; none at all ends the process and this call. */
    @SuppressWarnings("unchecked")
    Map<String, Object> receive() {
        CompletableFuture<Boolean> watch = CompletableFuture.supplyAsync(() -> true,
                CompletableFuture.delayedExecutor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS));
        watch.thenRun(process::destroyForcibly);
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("yjs ended or gave no answer in time");
            }
            return (Map<String, Object>) JsonText.parseChecked(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            watch.cancel(false);
        }
    }

    /** One request and its answer. */
    Map<String, Object> ask(Map<String, Object> message) {
        send(List.of(message));
        return receive();
    }

    /** All answers to some requests, in their order. */
    List<Map<String, Object>> askAll(List<Map<String, Object>> messages) {
        CompletableFuture<Void> sent = send(messages);
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            all.add(receive());
        }
        sent.join();
        return all;
    }

    @Override
    public void close() {
        process.destroy();
        sender.shutdown();
    }
}
