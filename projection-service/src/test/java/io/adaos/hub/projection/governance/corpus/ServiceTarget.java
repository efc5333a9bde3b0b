package io.adaos.hub.projection.governance.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The running service, written to over HTTP as one owner in a webspace of its own. */
class ServiceTarget implements WriteTarget {

    /** A text above 64 KiB is refused for itself; larger values are lists of these. */
    private static final int TEXT_MAX = 50_000;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final String webspace;
    private final String owner;
    private final Map<String, String> paths = new HashMap<>();

    ServiceTarget(URI server, String webspace, String owner) {
        this.server = server;
        this.webspace = webspace;
        this.owner = owner;
        send("PUT", "/v1/webspaces/" + webspace, "");
    }

    String webspace() {
        return webspace;
    }

    @Override
    public Answer write(WritePattern.Write write) {
        return write(List.of(write)).get(0);
    }

    /** Writes of one moment; one request, one judgement each. */
    List<Answer> write(List<WritePattern.Write> writes) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (WritePattern.Write write : writes) {
            String node = write.path().replaceAll("[^A-Za-z0-9]", "-");
            paths.put(write.path(), node);
            items.add(Map.of("slot", "painter.value", "owner", owner, "node_id", node,
                    "value", value(write)));
        }
        JsonNode results = send("POST", "/v1/webspaces/" + webspace
                + "/projections", json(Map.of("writes", items))).get("results");
        List<Answer> answers = new ArrayList<>();
        results.forEach(result -> answers.add(new Answer(
                result.get("outcome") == null ? "?" : result.get("outcome").asText(),
                result.get("reason") == null ? "" : result.get("reason").asText())));
        return answers;
    }

    /** Real time goes by itself. */
    @Override
    public void pass(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String state() {
        return row().get("policy_state").asText();
    }

    @Override
    public String reason() {
        return row().path("reason").asText("");
    }

    @Override
    public long pending() {
        return row().get("counters").path("pending").asLong();
    }

    @Override
    public boolean balances() {
        JsonNode counters = row().get("counters");
        long ended = Stream.of("applied", "coalesced", "refused", "pending")
                .mapToLong(name -> counters.path(name).asLong()).sum();
        return counters.path("attempted_total").asLong() == ended
                && counters.path("in_progress").asLong() == 0;
    }

    @Override
    public Map<String, String> document() {
        JsonNode nodes = state(webspace).at("/document/data/nodes");
        Map<String, String> shown = new HashMap<>();
        paths.forEach((path, node) -> {
            JsonNode value = nodes.path(node).path("value");
            if (!value.isMissingNode()) {
                shown.put(path, value.isTextual()
                        ? value.asText().strip() : value.get("v").asText());
            }
        });
        return shown;
    }

    /** What is known of the owner; of one that was never metered nothing. */
    JsonNode row() {
        for (JsonNode row : send("GET", "/v1/governance/owners?limit=500&webspace_id=" + webspace,
                "").get("items")) {
            if (row.get("owner").asText().equals(owner)) {
                return row;
            }
        }
        return HubJson.mapper().createObjectNode().put("policy_state", "ok")
                .set("counters", HubJson.mapper().createObjectNode());
    }

    JsonNode state(String of) {
        return send("GET", "/v1/webspaces/" + of + "/state", "");
    }

    private static Object value(WritePattern.Write write) {
        String content = write.content();
        if (write.isScalar()) {
            return content + " ".repeat((int) Math.max(0, write.bytes() - content.length() - 2));
        }
        boolean isWhole = write.changed() == write.bytes();
        List<String> filler = new ArrayList<>();
        if (isWhole) {
            filler.add(content);
        }
        for (long left = write.bytes() - 2L * content.length() - 20; left > 0; left -= TEXT_MAX) {
            filler.add("x".repeat((int) Math.min(left, TEXT_MAX)));
        }
        return Map.of("v", content, "f", filler);
    }

    private JsonNode send(String method, String path, String body) {
        try {
            HttpResponse<byte[]> answer = CLIENT.send(HttpRequest.newBuilder(server.resolve(path))
                            .header("Authorization", "Bearer " + TestKeys.ADMIN)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return HubJson.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object value) {
        try {
            return HubJson.mapper().writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
