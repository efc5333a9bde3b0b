package io.adaos.hub.projection.operationview;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.testing.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an upstream has installed, and a registry with the manifests of it, over real HTTP. */
public final class InstalledShelf {

    private final OperationsUpstream upstream;
    private final Map<ArtifactRef, InstalledArtifact> installed = new LinkedHashMap<>();
    private final Map<String, String> manifests = new ConcurrentHashMap<>();
    private volatile boolean registryAway;

    InstalledShelf(OperationsUpstream upstream, HttpServer server) {
        this.upstream = upstream;
        server.createContext("/v1/installed", exchange ->
                answer(exchange, upstream.isCut() ? 503 : 200, EventCodec.encode(page())));
        server.createContext("/v1/skills/", this::manifest);
        server.createContext("/v1/scenarios/", this::manifest);
    }

    /** Publishes a manifest with these slots, {@code slot=path}, of scope webspace. */
    public void publish(ArtifactRef ref, String version, String... slots) {
        StringBuilder projections = new StringBuilder();
        for (String slot : slots) {
            String[] parts = slot.split("=");
            projections.append(projections.length() == 0 ? "" : ",").append("""
                    {"id":"%s","path":"%s","scope":"webspace"}""".formatted(parts[0], parts[1]));
        }
        publishManifest(ref, version,
                "{\"runtime\":{\"yjs\":{\"projections\":[" + projections + "]}}}");
    }

    /** Publishes a manifest as it is. */
    public void publishManifest(ArtifactRef ref, String version, String manifest) {
        manifests.put("/v1/" + ref.kind() + "s/" + ref.id() + "/versions/" + version + "/manifest",
                manifest);
    }

    /** Records an artifact and publishes the fact. */
    public void install(ArtifactRef ref, String version) {
        InstalledArtifact artifact;
        synchronized (this) {
            InstalledArtifact old = installed.get(ref);
            artifact = new InstalledArtifact(ArtifactKind.parse(ref.kind()).orElseThrow(),
                    ref.id(), ref.id(), version, NodeId.HUB, InstalledStatus.ACTIVATING,
                    "sha256:" + version, Instant.now(), old == null ? 1 : old.revision() + 1,
                    null, List.of());
            installed.put(ref, artifact);
        }
        upstream.tell(HubSubjects.artifactInstalled(ref), new InstalledChanged(artifact, false));
    }

    /** Removes an artifact and publishes the fact. */
    public void uninstall(ArtifactRef ref) {
        InstalledArtifact artifact;
        synchronized (this) {
            artifact = installed.remove(ref);
        }
        upstream.tell(HubSubjects.artifactInstalled(ref), new InstalledChanged(artifact, true));
    }

    /** From now on manifests are answered with 503, or again as they are. */
    public void registryAway(boolean away) {
        registryAway = away;
    }

    private InstalledPage page() {
        long sequence = upstream.sequence();
        synchronized (this) {
            return new InstalledPage(
                    OperationsUpstream.EPOCH, sequence, List.copyOf(installed.values()));
        }
    }

    private void manifest(HttpExchange exchange) throws IOException {
        boolean known = ("Bearer " + TestKeys.SERVICE)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String manifest = manifests.get(exchange.getRequestURI().getPath());
        int status = registryAway ? 503 : !known ? 401 : manifest == null ? 404 : 200;
        answer(exchange, status, status == 200
                ? manifest.getBytes(StandardCharsets.UTF_8) : new byte[0]);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body)
            throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
