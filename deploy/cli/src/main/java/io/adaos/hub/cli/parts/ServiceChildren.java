package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.supervise.ChildSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the four services are started: their programs, their memory, their environment. */
public final class ServiceChildren {

    private final DataFolder data;
    private final HubAddress address;
    private final HubKeys keys;
    private final String natsUrl;

    public ServiceChildren(DataFolder data, HubAddress address, HubKeys keys, String natsUrl) {
        this.data = data;
        this.address = address;
        this.keys = keys;
        this.natsUrl = natsUrl;
    }

    public List<ChildSpec> children(AppFolder apps, PgUrl databases) throws IOException {
        List<ChildSpec> children = new ArrayList<>();
        for (HubPart service : HubPart.services()) {
            Path program = apps.install(service);
            children.add(new ChildSpec(service.processName(), command(service, program),
                    environment(service, databases), program.getParent(),
                    data.log(service.processName()), StopRules.of(service),
                    pid -> ReadyChecks.http(address.url(service))));
        }
        return children;
    }

    /** Small on purpose; what the compiler took from the C heap at start is given back. */
    private List<String> command(HubPart service, Path program) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms16m", "-Xmx" + heapMebibytes(service) + "m", "-XX:+UseSerialGC",
                "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=25", "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData",
                "-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=10000",
                "-XX:ErrorFile=" + data.logs().resolve(service.processName() + "-crash-%p.log"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar", program.toString());
    }

    /** Rooms hold documents and the marketplace the whole catalog; the others hold little. */
    private static int heapMebibytes(HubPart service) {
        return switch (service) {
            case REGISTRY, OPERATIONS -> 160;
            case MARKETPLACE -> 192;
            case PROJECTION -> 512;
            case NATS, POSTGRES -> throw new IllegalArgumentException(service + " is no JVM");
        };
    }

    private Map<String, String> environment(HubPart service, PgUrl databases) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", address.host());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(address.port(service)));
        service.database().ifPresent(name ->
                environment.put("DATABASE_URL", databases.database(name)));
        environment.put("HUB_NATS_URL", natsUrl);
        environment.put("HUB_KEYS_FILE", keys.keysFile().toString());
        environment.put("HUB_SERVICE_KEY_FILE", keys.serviceKeyFile(service).toString());
        environment.put("HUB_REGISTRY_URL", address.url(HubPart.REGISTRY));
        environment.put("HUB_MARKETPLACE_URL", address.url(HubPart.MARKETPLACE));
        environment.put("HUB_OPERATIONS_URL", address.url(HubPart.OPERATIONS));
        environment.put("HUB_PROJECTION_URL", address.url(HubPart.PROJECTION));
        environment.put("HUB_HTTP_ORIGINS", String.join(",", address.panelOrigins()));
        environment.put("HUB_WORKSPACE_DIR", data.workspace().toString());
        environment.put("HUB_DIAGNOSTICS_LOGS_DIR", data.logs().toString());
        environment.put("HUB_PUSH_TEMP_DIR", data.uploads().toString());
        if (service == HubPart.PROJECTION) {
            environment.put("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", eventLoops());
        }
        // glibc gives every thread an arena of its own otherwise, which a small hub pays in memory
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /** A broadcast wakes each event loop; the other half of the cores is for rooms and database. */
    private static String eventLoops() {
        return Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}
