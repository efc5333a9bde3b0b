package io.adaos.hub.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests with one credential; for many threads. */
public final class HubHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
    private final String token;

    public HubHttp(String token) {
        this.token = token;
    }

    /**
     * What a service said.
     *
     * @param status of HTTP
     */
    public record Answer(int status, JsonNode body) {

        /** Itself, when the request was fulfilled. */
        public Answer fulfilled() throws IOException {
            if (status >= 300) {
                throw new IOException("status " + status + ": " + body);
            }
            return this;
        }
    }

    public Answer get(String url) throws IOException, InterruptedException {
        return send(request(url).GET());
    }

    public Answer put(String url) throws IOException, InterruptedException {
        return send(request(url).PUT(BodyPublishers.noBody()));
    }

    /** Sends JSON. */
    public Answer post(String url, String body) throws IOException, InterruptedException {
        return send(request(url).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Reads text, such as metrics. */
    public String text(String url) throws IOException, InterruptedException {
        return client.send(request(url).GET().build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
