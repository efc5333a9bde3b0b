package io.adaos.hub.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.adaos.hub.cli.BuildVersion;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.parts.ReadyChecks;
import io.adaos.hub.cli.supervise.PidFiles;
import io.adaos.hub.cli.supervise.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at every process of a hub from outside: pid files, ports, health answers. */
final class StatusProbe {
    private static final int TIMEOUT_MILLIS = 1_500;

    private final DataFolder data;
    private final PidFiles pidFiles;
    private final ObjectMapper json = new ObjectMapper();

    StatusProbe(DataFolder data) {
        this.data = data;
        this.pidFiles = new PidFiles(data.run());
    }

    HubStatus look() {
        Optional<HubState> state = HubState.read(data);
        List<PartStatus> parts = new ArrayList<>();
        parts.add(supervisor());
        for (HubPart part : HubPart.values()) {
            parts.add(status(part, state));
        }
        return new HubStatus(overall(parts, state), data.root().toString(), parts);
    }

    private static String overall(List<PartStatus> parts, Optional<HubState> state) {
        if (parts.stream().noneMatch(part -> part.pid() != null)) {
            return "down";
        }
        boolean supervised = parts.get(0).isHealthy();
        if (supervised && state.isPresent() && state.get().phase() != HubState.Phase.READY) {
            return state.get().phase().name().toLowerCase(Locale.ROOT);
        }
        return parts.stream().allMatch(PartStatus::isHealthy) ? "healthy" : "unhealthy";
    }

    private PartStatus supervisor() {
        Optional<ProcessIdentity> process =
                pidFiles.findAlive("hub").map(PidFiles.Entry::process);
        return new PartStatus("hub", process.isPresent() ? "healthy" : "down",
                process.map(ProcessIdentity::pid).orElse(null), null, BuildVersion.hub(),
                process.flatMap(StatusProbe::uptimeSeconds).orElse(null));
    }

    private PartStatus status(HubPart part, Optional<HubState> state) {
        if (state.isPresent() && !state.get().own().contains(part)) {
            return new PartStatus(part.processName(), "external", null, null, null, null);
        }
        Optional<ProcessIdentity> process =
                pidFiles.findAlive(part.processName()).map(PidFiles.Entry::process);
        Integer port = state.map(now -> now.address().port(part)).orElse(null);
        if (process.isEmpty() || state.isEmpty()) {
            return new PartStatus(part.processName(), process.isEmpty() ? "down" : "unhealthy",
                    process.map(ProcessIdentity::pid).orElse(null), port, null,
                    process.flatMap(StatusProbe::uptimeSeconds).orElse(null));
        }
        HubAddress address = state.get().address();
        return new PartStatus(part.processName(),
                isWell(part, address, process.get()) ? "healthy" : "unhealthy",
                process.get().pid(), port, version(part, address).orElse(null),
                uptimeSeconds(process.get()).orElse(null));
    }

    private boolean isWell(HubPart part, HubAddress address, ProcessIdentity process) {
        return switch (part) {
            case REGISTRY, MARKETPLACE, OPERATIONS, PROJECTION ->
                    ReadyChecks.http(address.url(part));
            case NATS -> ReadyChecks.nats(HubAddress.LOOPBACK, address.port(part));
            case POSTGRES -> ReadyChecks.postgres(data.cluster()).isReady(process.pid());
        };
    }

    private Optional<String> version(HubPart part, HubAddress address) {
        return switch (part) {
            case REGISTRY, MARKETPLACE, OPERATIONS, PROJECTION ->
                    health(address.url(part)).map(body -> body.path("version"))
                            .filter(JsonNode::isTextual).map(JsonNode::asText);
            case NATS -> ReadyChecks.natsVersion(HubAddress.LOOPBACK, address.port(part));
            case POSTGRES -> Optional.of(BuildVersion.postgres());
        };
    }

    private Optional<JsonNode> health(String baseUrl) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(baseUrl + "/v1/health").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                return Optional.of(json.readTree(body));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> uptimeSeconds(ProcessIdentity process) {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> Math.max(0, Duration.between(start, Instant.now()).toSeconds()));
    }
}
