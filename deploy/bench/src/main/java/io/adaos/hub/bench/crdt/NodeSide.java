package io.adaos.hub.bench.crdt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs workloads with Yjs, in a Node process that lives as long as this object. */
final class NodeSide implements AutoCloseable {
    private static final long END_SECONDS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process node;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    /**
     * Starts Node; installs Yjs from the lock file when it is not there.
     *
     * @param scripts folder of {@code yjs.mjs}
     * @param trace where the recorded edits are
     */
    NodeSide(Path scripts, Path trace) throws IOException, InterruptedException {
        if (!Files.isDirectory(scripts.resolve("node_modules/yjs"))) {
            install(scripts);
        }
        node = new ProcessBuilder("node", "--expose-gc", "yjs.mjs",
                trace.toAbsolutePath().toString())
                .directory(scripts.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = node.outputWriter();
        answers = node.inputReader();
    }

    private static void install(Path scripts) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--silent")
                .directory(scripts.toFile()).redirectErrorStream(true).start();
        String output = new String(npm.getInputStream().readAllBytes());
        if (npm.waitFor() != 0) {
            throw new IOException("npm ci failed in " + scripts + ":\n" + output);
        }
    }

    /** Runs a workload once. */
    Sample run(String workload, double scale, boolean heap) throws IOException {
        JsonNode answer = ask(Map.of("workload", workload, "scale", scale, "heap", heap));
        return JSON.treeToValue(answer, Sample.class);
    }

    /** Runs a hostile input once. */
    HostileRow.Run runHostile(String workload, int n) throws IOException {
        JsonNode answer = ask(Map.of("workload", workload, "n", n));
        return JSON.treeToValue(answer, HostileRow.Run.class);
    }

    private JsonNode ask(Map<String, Object> request) throws IOException {
        requests.write(JSON.writeValueAsString(request));
        requests.newLine();
        requests.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("node ended while it ran " + request);
        }
        JsonNode answer = JSON.readTree(line);
        if (answer.has("error")) {
            throw new IOException(
                    "node failed in " + request + ": " + answer.get("error").asText());
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!node.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The version of Yjs and of Node that run. */
    static List<String> versions(Path scripts) throws IOException {
        JsonNode yjs = JSON.readTree(
                scripts.resolve("node_modules/yjs/package.json").toFile());
        Process node = new ProcessBuilder("node", "--version").start();
        return List.of("yjs " + yjs.path("version").asText(),
                "node " + new String(node.getInputStream().readAllBytes()).strip());
    }
}
