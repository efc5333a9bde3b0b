package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything a document consists of: the structs of all clients and the root types. */
final class StructStore extends ClientTable {
    private final Map<String, TypeNode> roots = new LinkedHashMap<>();
    private List<ClientStructs> descending = List.of();
    private int sortedCount;

    /** The root type of this name, made now if nobody named it before. */
    TypeNode root(String name) {
        return roots.computeIfAbsent(name, key -> new TypeNode(TypeKind.UNKNOWN, key));
    }

    /** The root type of this name, or null when nobody named it. */
    TypeNode knownRoot(String name) {
        return roots.get(name);
    }

    Collection<TypeNode> roots() {
        return roots.values();
    }

    /** All clients by id, the highest first; some may have no structs yet. */
    List<ClientStructs> clientsDescending() {
        if (sortedCount != count()) {
            List<ClientStructs> sorted = new ArrayList<>(all());
            sorted.sort(Comparator.comparingLong((ClientStructs client) -> client.id).reversed());
            descending = sorted;
            sortedCount = sorted.size();
        }
        return descending;
    }

    StateVector stateVector() {
        Map<Long, Long> clocks = new HashMap<>();
        for (ClientStructs client : all()) {
            clocks.put(client.id, client.nextClock());
        }
        return StateVector.of(clocks);
    }

    int structCount() {
        int count = 0;
        for (ClientStructs client : all()) {
            count += client.size();
        }
        return count;
    }

    int liveItemCount() {
        int count = 0;
        for (ClientStructs client : all()) {
            for (int position = client.first();
                    position != ClientStructs.NONE;
                    position = client.next(position)) {
                count += client.at(position).isDeleted() ? 0 : 1;
            }
        }
        return count;
    }
}
