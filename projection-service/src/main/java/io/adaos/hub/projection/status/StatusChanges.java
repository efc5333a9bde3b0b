package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what has to be told: contracts whose words are others than were told last. Numbers and
 * moments alone are no change. Not safe for use by more than one thread.
 */
public final class StatusChanges {

    /** The others are told the next time. */
    private static final int TOLD_AT_ONCE_MAX = 256;

    /**
     * A contract that changed.
     *
     * @param contract {@code connectivity}, {@code state_sync} or {@code yjs_pressure}
     * @param data the contract
     */
    public record Change(String contract, String subject, Object data) {
    }

    private final Map<WebspaceId, Map<String, Object>> told = new LinkedHashMap<>();

    /** What changed in a webspace since this was asked last. */
    public List<Change> of(WebspaceStatus status) {
        Map<String, Object> known =
                told.computeIfAbsent(status.webspaceId(), id -> new LinkedHashMap<>());
        List<Change> changes = new ArrayList<>();
        Set<String> present = new HashSet<>();
        add(known, changes, present, new Change("state_sync",
                HubSubjects.stateSyncChanged(status.webspaceId()), status.stateSync()));
        for (Connectivity link : status.connectivity()) {
            add(known, changes, present, new Change("connectivity",
                    HubSubjects.connectivityChanged(link.kind(), link.scopeId()), link));
        }
        for (YjsPressure row : status.yjsPressure()) {
            Change change = new Change("yjs_pressure",
                    HubSubjects.pressureChanged(row.webspaceId(), row.owner()), row);
            if (row.policyState() != YjsPressure.PolicyState.OK || known.containsKey(key(change))) {
                add(known, changes, present, change);
            }
        }
        known.keySet().retainAll(present);
        return changes;
    }

    /** Forgets all webspaces but these. */
    public void retain(Set<WebspaceId> live) {
        told.keySet().retainAll(live);
    }

    private static void add(Map<String, Object> known, List<Change> changes,
            Set<String> present, Change change) {
        present.add(key(change));
        Object words = words(change.data());
        if (words.equals(known.get(key(change)))) {
            return;
        }
        if (changes.size() < TOLD_AT_ONCE_MAX) {
            known.put(key(change), words);
            changes.add(change);
        }
    }

    /** An owner's direct writes are judged apart and told under the same subject. */
    private static String key(Change change) {
        return change.data() instanceof YjsPressure row && row.directYjsWrite()
                ? change.subject() + " direct" : change.subject();
    }

    private static Object words(Object contract) {
        if (contract instanceof StateSync sync) {
            return List.of(sync.transportState(), sync.firstSyncState(), sync.semanticState(),
                    sync.freshnessState(), sync.fallbackMode(), sync.blockers());
        }
        if (contract instanceof YjsPressure row) {
            return List.of(row.policyState(), row.blockedRoots(), row.throttledRoots());
        }
        return contract;
    }
}
