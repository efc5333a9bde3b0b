package io.adaos.hub.projection.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.projection.NodeScripts;
import io.adaos.hub.runtime.http.HubJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the scripts of {@code src/test/js}, real Yjs clients, with Node. */
final class NodeClients {

    private NodeClients() {
    }

    /** Runs a script to its end and gives the JSON lines it printed; hears of each at once. */
    static List<JsonNode> run(Consumer<JsonNode> listener, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(NodeScripts.folder().toFile()).redirectErrorStream(true).start();
            List<JsonNode> lines = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    all.append(line).append('\n');
                    if (line.startsWith("{")) {
                        JsonNode step = HubJson.mapper().readTree(line);
                        lines.add(step);
                        listener.accept(step);
                    }
                }
            }
            if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(script + " failed:\n" + all);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The step of this name. */
    static JsonNode step(List<JsonNode> lines, String name) {
        return lines.stream().filter(line -> name.equals(line.path("step").asText()))
                .filter(Objects::nonNull).findFirst()
                .orElseThrow(() -> new AssertionError("no step '" + name + "' in " + lines));
    }
}
