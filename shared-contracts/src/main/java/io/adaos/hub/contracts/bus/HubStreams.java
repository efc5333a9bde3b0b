package io.adaos.hub.contracts.bus;

import java.util.List;

/** Every JetStream stream of the hub; none of them is the only copy of anything. */
public enum HubStreams {
    HUB_CATALOG("registry-sync-service", "catalog", HubSubjects.CATALOG_ALL),
    HUB_OPERATION("operations-service", "operation", HubSubjects.OPERATION_ALL),
    HUB_PROJECTION("projection-service", "projection", HubSubjects.PROJECTION_ALL),
    HUB_STATUS("projection-service", "status", HubSubjects.STATUS_ALL);

    private final String service;
    private final String plane;
    private final String subjects;

    HubStreams(String service, String plane, String subjects) {
        this.service = service;
        this.plane = plane;
        this.subjects = subjects;
    }

    /** The service that alone publishes to it. */
    public String service() {
        return service;
    }

    /** The second part of its subjects after {@code hub.v1}. */
    public String plane() {
        return plane;
    }

    /** The one subject filter it takes in. */
    public List<String> subjects() {
        return List.of(subjects);
    }
}
