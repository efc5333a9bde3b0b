package io.adaos.hub.bench.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.NodeWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The processes that make load; the first one also writes. */
final class Generators implements AutoCloseable {
    private final List<NodeWorker> workers = new ArrayList<>();

    Generators(Path scripts, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            workers.add(new NodeWorker(scripts, "load.mjs"));
        }
    }

    /** Asks the first one. */
    JsonNode ask(String what, Map<String, ?> with) throws IOException {
        return workers.get(0).ask(what, with);
    }

    /** Asks all of them at once. */
    List<JsonNode> askAll(String what, Map<String, ?> with) throws IOException {
        List<CompletableFuture<JsonNode>> begun = new ArrayList<>();
        workers.forEach(worker -> begun.add(worker.begin(what, with)));
        return await(begun);
    }

    /** Asks all of them at once, and divides a number of clients among them. */
    List<JsonNode> divide(String what, Map<String, ?> with, int clients) throws IOException {
        List<CompletableFuture<JsonNode>> begun = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            Map<String, Object> part = new HashMap<>(with);
            part.put("count", clients / workers.size()
                    + (i < clients % workers.size() ? 1 : 0));
            begun.add(workers.get(i).begin(what, part));
        }
        return await(begun);
    }

    /** Processor time that all have used. */
    double cpuSeconds() throws IOException {
        return askAll("cpu", Map.of()).stream()
                .mapToDouble(answer -> answer.get("seconds").asDouble()).sum();
    }

    private static List<JsonNode> await(List<CompletableFuture<JsonNode>> begun)
            throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        for (CompletableFuture<JsonNode> one : begun) {
            answers.add(NodeWorker.await(one));
        }
        return answers;
    }

    @Override
    public void close() {
        workers.forEach(NodeWorker::close);
    }
}
