package io.adaos.hub.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Node process that answers a line for each line; one request at a time. */
public final class NodeWorker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process node;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "node-worker");
        worker.setDaemon(true);
        return worker;
    });

    /** @param script which script of the folder */
    public NodeWorker(Path folder, String script) throws IOException {
        node = new ProcessBuilder("node", script)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = node.outputWriter();
        answers = node.inputReader();
    }

    /** Asks and waits. */
    public JsonNode ask(String what, Map<String, ?> with) throws IOException {
        return await(begin(what, with));
    }

    /** Asks; the answer comes later. */
    public CompletableFuture<JsonNode> begin(String what, Map<String, ?> with) {
        Map<String, Object> request = new HashMap<>(with);
        request.put("do", what);
        return CompletableFuture.supplyAsync(() -> answer(request), thread);
    }

    /** Waits for what was begun. */
    public static JsonNode await(CompletableFuture<JsonNode> begun) throws IOException {
        try {
            return begun.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    private JsonNode answer(Map<String, Object> request) {
        try {
            requests.write(JSON.writeValueAsString(request));
            requests.newLine();
            requests.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("node ended while it did " + request.get("do"));
            }
            JsonNode answer = JSON.readTree(line);
            if (answer.has("error")) {
                throw new IOException("node failed to " + request.get("do") + ": "
                        + answer.get("error").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        node.destroyForcibly();
    }
}
