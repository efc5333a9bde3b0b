package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations one webspace shows: all that are active, and the newest that have ended. */
final class OperationBoard {

    private static final Comparator<OperationState> OLDEST_FIRST =
            Comparator.comparing(OperationState::startedAt)
                    .thenComparing(operation -> operation.operationId().value());

    private static final Comparator<OperationState> ENDED_FIRST =
            Comparator.comparing(OperationBoard::endedAt)
                    .thenComparing(operation -> operation.operationId().value());

    private final int finishedMax;
    private final Map<OperationId, OperationState> shown = new HashMap<>();

    /** @param finishedMax ended operations that stay */
    OperationBoard(int finishedMax) {
        this.finishedMax = finishedMax;
    }

    /** The operation with this id, while it is shown. */
    Optional<OperationState> find(OperationId id) {
        return Optional.ofNullable(shown.get(id));
    }

    /** All that is shown, oldest first. */
    List<OperationState> operations() {
        return shown.values().stream().sorted(OLDEST_FIRST).toList();
    }

    /** Whether something shown has not ended. */
    boolean hasActive() {
        return shown.values().stream().anyMatch(operation -> !operation.status().isTerminal());
    }

    /** Takes a newer revision in; false when it is known or older. */
    boolean accept(OperationState operation) {
        OperationState known = shown.get(operation.operationId());
        if (known != null && known.revision() >= operation.revision()) {
            return false;
        }
        shown.put(operation.operationId(), operation);
        return true;
    }

    /** Shows exactly these; the newest of them that have ended stay. */
    void replace(Collection<OperationState> operations) {
        shown.clear();
        operations.forEach(this::accept);
        retire();
    }

    /** Takes off what ended longest ago, beyond the number that stays; says which. */
    List<OperationId> retire() {
        List<OperationState> ended = shown.values().stream()
                .filter(operation -> operation.status().isTerminal())
                .sorted(ENDED_FIRST)
                .toList();
        List<OperationId> retired = new ArrayList<>();
        for (OperationState operation
                : ended.subList(0, Math.max(0, ended.size() - finishedMax))) {
            shown.remove(operation.operationId());
            retired.add(operation.operationId());
        }
        return retired;
    }

    private static Instant endedAt(OperationState operation) {
        return operation.finishedAt() == null ? operation.updatedAt() : operation.finishedAt();
    }
}
