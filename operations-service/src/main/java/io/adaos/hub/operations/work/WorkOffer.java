package io.adaos.hub.operations.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Work as a node gets it; the answer to a claim.
 *
 * @param lease the right to speak for this work, 128 random bits in hex
 * @param kind of the operation it belongs to
 * @param task what to do
 * @param target what it is about, such as {@code skill:weather_skill}
 * @param deadlineAt the operation ends then, whatever the worker does
 * @param heartbeatSeconds at most so long between two heartbeats
 */
public record WorkOffer(
        String lease, String workId, String kind, String task, String operationId,
        String target, JsonNode args, Instant deadlineAt, long heartbeatSeconds) {
}
