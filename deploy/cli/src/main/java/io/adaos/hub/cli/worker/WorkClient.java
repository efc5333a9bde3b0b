package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a worker asks of operations-service and the registry, with its own credential. */
final class WorkClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int ANSWER_BYTES_MAX = 8 << 20;

    private final URI operations;
    private final URI registry;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN)
            .version(HttpClient.Version.HTTP_1_1).build();

    WorkClient(URI operations, URI registry, String token) {
        this.operations = operations;
        this.registry = registry;
        this.token = token;
    }

    /** An answer, whatever its status. */
    record Reply(int status, JsonNode body) {

        boolean isDone() {
            return status / 100 == 2;
        }

        /** Worth trying again: nobody has judged the request. */
        boolean isAway() {
            return status >= 500 || status == 429;
        }

        String text() {
            String detail = body.path("detail").asText("");
            return "HTTP " + status + (detail.isEmpty() ? "" : ": " + detail);
        }
    }

    /** Posts to {@code /v1/work/<path>}. */
    Reply post(String path, JsonNode body, Duration wait) throws IOException {
        return send(request(operations, "/v1/work/" + path)
                .timeout(ANSWER_WITHIN.plus(wait))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build());
    }

    Reply post(String path, JsonNode body) throws IOException {
        return post(path, body, Duration.ZERO);
    }

    /** What is recorded as installed on a node. */
    Reply installed(String node) throws IOException {
        return send(request(operations, "/v1/installed?node_id=" + node)
                .timeout(ANSWER_WITHIN).GET().build());
    }

    /** A published version. */
    Reply version(String plural, String id, String version) throws IOException {
        return send(request(registry, "/v1/" + plural + '/' + id + "/versions/" + version)
                .timeout(ANSWER_WITHIN).GET().build());
    }

    /** A blob as a stream; the caller closes it. */
    HttpResponse<InputStream> blob(String digest) throws IOException {
        try {
            return http.send(request(registry, "/v1/blobs/" + digest).timeout(ANSWER_WITHIN)
                    .GET().build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    private Reply send(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                byte[] body = in.readNBytes(ANSWER_BYTES_MAX);
                return new Reply(answer.statusCode(), parsed(body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
