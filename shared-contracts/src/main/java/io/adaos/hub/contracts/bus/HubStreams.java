package io.adaos.hub.contracts.bus;

import java.util.List;

/** Every JetStream stream of the hub; none of them is the only copy of anything. */
public enum HubStreams {
    HUB_CATALOG("registry-sync-service", "catalog", HubSubjects.CATALOG_ALL),
    HUB_OPERATION("operations-service", "operation", HubSubjects.OPERATION_ALL),
    /** Only numbered facts: what else this plane says may be lost and must not come between. */
    HUB_PROJECTION("projection-service", "projection",
            HubSubjects.PROJECTION_CHANGED_ALL, HubSubjects.parked("projection")),
    HUB_STATUS("projection-service", "status", HubSubjects.STATUS_ALL);

    private final String service;
    private final String plane;
    private final List<String> subjects;

    HubStreams(String service, String plane, String... subjects) {
        this.service = service;
        this.plane = plane;
        this.subjects = List.of(subjects);
    }

    /** The service that alone publishes to it. */
    public String service() {
        return service;
    }

    /** The second part of its subjects after {@code hub.v1}. */
    public String plane() {
        return plane;
    }

    /** The subject filters it takes in; the first is that of its facts. */
    public List<String> subjects() {
        return subjects;
    }
}
