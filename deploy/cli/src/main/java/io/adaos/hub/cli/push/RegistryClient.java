package io.adaos.hub.cli.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends archives to a registry; streams them from disk. */
final class RegistryClient {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(5);

    private final URI baseUrl;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN)
                    .version(HttpClient.Version.HTTP_1_1).build();

    RegistryClient(URI baseUrl, String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    /** Waits for the registry's answer; a refusal is an answer, too. */
    PushAnswer push(Artifact artifact, Optional<String> nodeId, boolean dryRun)
            throws IOException, PushFailed {
        String boundary = "hub-" + UUID.randomUUID();
        HttpRequest request = HttpRequest.newBuilder()
                .uri(URI.create(baseUrl + artifact.kind().endpoint()
                        + (dryRun ? "?dry_run=true" : "")))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(multipart(boundary, artifact, nodeId))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new PushAnswer(response.statusCode(), json(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PushFailed.because(PushExit.TRY_AGAIN, "interrupted", "run it again");
        } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException e) {
            // Nobody is there: what else was to be pushed would only say the same.
            throw CommandFailed.withCode(PushExit.TRY_AGAIN.code(),
                    "no registry answers at " + baseUrl + ": " + reason(e),
                    "start one: ./hub up --detach", "name another one with --url or HUB_URL");
        } catch (IOException e) {
            throw PushFailed.because(PushExit.TRY_AGAIN,
                    "the registry at " + baseUrl + " broke off: " + reason(e), "run it again");
        }
    }

    /** The JDK's client leaves the message of a refused connection out. */
    private static String reason(Exception e) {
        return Optional.ofNullable(e.getMessage()).orElse(e instanceof ConnectException
                ? "connection refused, or no such host" : e.getClass().getSimpleName());
    }

    private static BodyPublisher multipart(String boundary, Artifact artifact,
            Optional<String> nodeId) throws IOException {
        List<BodyPublisher> parts = new ArrayList<>();
        artifact.name().ifPresent(name -> parts.add(field(boundary, "name", name)));
        nodeId.ifPresent(node -> parts.add(field(boundary, "node_id", node)));
        parts.add(text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"archive\"; "
                + "filename=\"" + quoted(artifact.fileName()) + "\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"));
        parts.add(BodyPublishers.ofFile(artifact.archive()));
        parts.add(text("\r\n--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher field(String boundary, String name, String value) {
        return text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                + "\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + value + "\r\n");
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    /** As browsers escape a file name in a form. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static JsonNode json(String body) {
        try {
            return Optional.ofNullable(new ObjectMapper().readTree(body))
                    .orElseGet(MissingNode::getInstance);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
