package io.adaos.hub.operations.work;

import io.adaos.hub.contracts.id.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Claims that wait for work to come; each is an object, not a thread. */
public final class WaitingClaims {

    /** Workers of one node, and threads of one worker, that can wait at the same time. */
    static final int PER_NODE_MAX = 32;

    private final Map<NodeId, Set<CompletableFuture<Void>>> waiting = new HashMap<>();
    private volatile boolean ended;

    /** A bell that rings when there may be work for the node; empty when too many wait. */
    synchronized Optional<CompletableFuture<Void>> arm(NodeId node) {
        Set<CompletableFuture<Void>> bells =
                waiting.computeIfAbsent(node, unknown -> new HashSet<>());
        if (bells.size() >= PER_NODE_MAX) {
            return Optional.empty();
        }
        CompletableFuture<Void> bell = new CompletableFuture<>();
        bells.add(bell);
        return Optional.of(bell);
    }

    /** Nobody waits for this bell any more. */
    synchronized void disarm(NodeId node, CompletableFuture<Void> bell) {
        Set<CompletableFuture<Void>> bells = waiting.get(node);
        if (bells != null && bells.remove(bell) && bells.isEmpty()) {
            waiting.remove(node);
        }
    }

    /** Wakes every claim of the node; each looks again. */
    void ring(NodeId node) {
        List<CompletableFuture<Void>> bells;
        synchronized (this) {
            bells = new ArrayList<>(waiting.getOrDefault(node, Set.of()));
        }
        bells.forEach(bell -> bell.complete(null));
    }

    /** No claim waits any more, as the process ends. */
    void end() {
        ended = true;
        nodes().forEach(this::ring);
    }

    boolean hasEnded() {
        return ended;
    }

    synchronized List<NodeId> nodes() {
        return List.copyOf(waiting.keySet());
    }
}
