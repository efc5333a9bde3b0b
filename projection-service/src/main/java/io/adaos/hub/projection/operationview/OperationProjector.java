package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans the narrow writes below {@code runtime/operations}; touches nothing. */
final class OperationProjector {

    private static final List<String> BY_ID = List.of("runtime", "operations", "by_id");
    private static final List<String> ORDER = List.of("runtime", "operations", "order");
    private static final List<String> ACTIVE = List.of("runtime", "operations", "active");

    private OperationProjector() {
    }

    /** Shows the whole board, whatever the document holds. */
    static List<ProjectionWrite> all(OperationBoard board) {
        List<OperationState> operations = board.operations();
        Map<String, Object> byId = new LinkedHashMap<>();
        operations.forEach(operation ->
                byId.put(operation.operationId().value(), OperationDocument.of(operation)));
        List<ProjectionWrite> writes = new ArrayList<>();
        writes.add(new ProjectionWrite.Put(BY_ID, byId));
        addLists(writes, operations);
        return writes;
    }

    /** Shows these operations as they are now; one that is not on the board leaves whole. */
    static List<ProjectionWrite> changed(OperationBoard board, Collection<OperationId> ids) {
        List<ProjectionWrite> writes = new ArrayList<>();
        for (OperationId id : ids) {
            List<String> path = new ArrayList<>(BY_ID);
            path.add(id.value());
            writes.add(board.find(id)
                    .<ProjectionWrite>map(operation ->
                            new ProjectionWrite.Put(path, OperationDocument.of(operation)))
                    .orElseGet(() -> new ProjectionWrite.Remove(path)));
        }
        addLists(writes, board.operations());
        return writes;
    }

    private static void addLists(List<ProjectionWrite> writes, List<OperationState> operations) {
        writes.add(new ProjectionWrite.Items(ORDER, ids(operations)));
        writes.add(new ProjectionWrite.Items(ACTIVE, ids(operations.stream()
                .filter(operation -> !operation.status().isTerminal()).toList())));
    }

    private static List<Object> ids(List<OperationState> operations) {
        return operations.stream()
                .<Object>map(operation -> operation.operationId().value()).toList();
    }
}
