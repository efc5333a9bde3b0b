package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.RowAffordances.Holder;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which operation has which artifact for itself on which node, now. Unlike the views it changes in
 * place, as operations begin and end far more often than artifacts change. Safe for many threads.
 */
public final class Holders {

    /** Where an operation works. */
    private record Place(NodeId node, ArtifactRef ref) {
    }

    /** An operation that has not ended. */
    private record Active(Place place, Holder holder, boolean waits) {
    }

    private final Map<String, Active> byId = new HashMap<>();
    private final Map<Place, Map<String, Active>> byPlace = new HashMap<>();
    private long version;

    Holders() {
    }

    /** Changes with every change. */
    public synchronized long version() {
        return version;
    }

    /** The operation that has this artifact; one that waits in line only when no other has. */
    public synchronized Optional<Holder> of(NodeId node, ArtifactRef ref) {
        Map<String, Active> here = byPlace.getOrDefault(new Place(node, ref), Map.of());
        return here.values().stream().filter(active -> !active.waits()).findFirst()
                .or(() -> here.values().stream().findFirst())
                .map(Active::holder);
    }

    /** From now on exactly these that have not ended. */
    synchronized void replace(List<OperationState> operations) {
        Map<String, Active> before = new HashMap<>(byId);
        byId.clear();
        byPlace.clear();
        operations.forEach(operation -> activeOf(operation)
                .ifPresent(active -> put(operation.operationId().value(), active)));
        if (!byId.equals(before)) {
            version++;
        }
    }

    /** One operation has changed. */
    synchronized void accept(OperationState operation) {
        String id = operation.operationId().value();
        Optional<Active> now = activeOf(operation);
        if (!Optional.ofNullable(byId.get(id)).equals(now)) {
            remove(id);
            now.ifPresent(active -> put(id, active));
            version++;
        }
    }

    private void put(String id, Active active) {
        byId.put(id, active);
        byPlace.computeIfAbsent(active.place(), place -> new LinkedHashMap<>()).put(id, active);
    }

    private void remove(String id) {
        Active active = byId.remove(id);
        if (active != null) {
            byPlace.computeIfPresent(active.place(), (place, here) -> {
                here.remove(id);
                return here.isEmpty() ? null : here;
            });
        }
    }

    /** What has ended, or is about something else than an artifact, has none. */
    private static Optional<Active> activeOf(OperationState operation) {
        if (operation.status().isTerminal()) {
            return Optional.empty();
        }
        return refOf(operation).map(ref -> new Active(new Place(operation.nodeId(), ref),
                new Holder(operation.operationId(), operation.kind()),
                operation.status() == OperationStatus.QUEUED));
    }

    private static Optional<ArtifactRef> refOf(OperationState operation) {
        try {
            return Optional.of(new ArtifactRef(operation.targetKind(), operation.targetId()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
