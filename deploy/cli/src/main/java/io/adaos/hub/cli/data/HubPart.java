package io.adaos.hub.cli.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The processes of one hub; the number is the distance of its port from the base port. */
public enum HubPart {
    REGISTRY("registry-sync-service", 1),
    MARKETPLACE("marketplace-service", 2),
    OPERATIONS("operations-service", 3),
    PROJECTION("projection-service", 4),
    NATS("nats", 5),
    POSTGRES("postgres", 6);

    private final String processName;
    private final int portOffset;

    HubPart(String processName, int portOffset) {
        this.processName = processName;
        this.portOffset = portOffset;
    }

    public static List<HubPart> services() {
        return Arrays.stream(values()).filter(HubPart::isService).toList();
    }

    /** The name of the process, of its pid file and of its log; a service's folder, too. */
    public String processName() {
        return processName;
    }

    public int portOffset() {
        return portOffset;
    }

    public boolean isService() {
        return switch (this) {
            case REGISTRY, MARKETPLACE, OPERATIONS, PROJECTION -> true;
            case NATS, POSTGRES -> false;
        };
    }

    /** The database that belongs to this service alone. */
    public Optional<String> database() {
        return switch (this) {
            case REGISTRY -> Optional.of("hub_registry");
            case OPERATIONS -> Optional.of("hub_operations");
            case PROJECTION -> Optional.of("hub_projection");
            case MARKETPLACE, NATS, POSTGRES -> Optional.empty();
        };
    }

    /** Services first, then NATS, then PostgreSQL: nobody loses what it still wants to write. */
    public int stopOrder() {
        return switch (this) {
            case REGISTRY, MARKETPLACE, OPERATIONS, PROJECTION -> 0;
            case NATS -> 1;
            case POSTGRES -> 2;
        };
    }
}
