package io.adaos.hub.projection.room.member;

/**
 * How far a client is. Moments are of {@link System#nanoTime}.
 *
 * @param acknowledging it says what it has applied
 * @param acknowledged the highest generation it says it has applied; 0 before it said anything
 * @param acknowledgedNanos when it said so last
 * @param startedNanos when it came
 * @param closed the connection has ended or is being ended
 */
public record MemberProgress(boolean acknowledging, long acknowledged, long acknowledgedNanos,
        long startedNanos, boolean closed) {
}
