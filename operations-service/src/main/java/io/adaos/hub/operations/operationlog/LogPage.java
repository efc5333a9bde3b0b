package io.adaos.hub.operations.operationlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.List;

/**
 * Lines of an operation's log.
 *
 * @param status of the operation; no line follows once it has ended and a page is empty
 * @param nextAfter number of the last line given, to be asked for next
 * @param dropped how many lines are gone: those between the 500th and the newest 1,500
 */
public record LogPage(
        OperationId operationId, OperationStatus status, List<Line> items, long nextAfter,
        long dropped) {
    public LogPage {
        items = List.copyOf(items);
    }

    /**
     * One line.
     *
     * @param line its number, from 1
     * @param step the step at hand, null before the first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Line(long line, Instant at, LogLevel level, String step, String message) {
    }
}
