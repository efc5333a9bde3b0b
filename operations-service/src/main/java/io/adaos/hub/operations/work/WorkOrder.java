package io.adaos.hub.operations.work;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of work for a node; ordering the same (operation, key) again changes nothing.
 *
 * @param key tells the orders of one operation apart
 * @param target the thing it is about, such as {@code skill:weather_skill}
 * @param args what the worker gets; plain JSON
 * @param shown where the worker's progress appears; empty when nobody waits for the work
 */
public record WorkOrder(
        OperationId operation, String key, NodeId node, OperationKind kind, WorkTask task,
        Subject subject, Optional<Share> shown) {

    /** What it is about, and with what. */
    public record Subject(String target, Map<String, Object> args) {
        public Subject {
            args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
        }
    }

    /** The part of the operation's percents that this work moves through. */
    public record Share(String step, int fromPercent, int untilPercent, boolean canCancel) {
        public Share {
            if (fromPercent < 0 || untilPercent < fromPercent || untilPercent > 100) {
                throw new IllegalArgumentException("not a share: " + fromPercent + " to "
                        + untilPercent);
            }
        }

        /** The operation's percent when the worker has done so many of its own. */
        int of(int percent) {
            return fromPercent + (untilPercent - fromPercent) * percent / 100;
        }
    }
}
