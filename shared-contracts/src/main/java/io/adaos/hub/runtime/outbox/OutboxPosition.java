package io.adaos.hub.runtime.outbox;

/**
 * How far a service's facts are numbered; a list read in the same snapshot holds all of them.
 *
 * @param epoch made with the database: another one means that nothing known before counts
 * @param sequence number of the last numbered fact, 0 before the first
 */
public record OutboxPosition(String epoch, long sequence) {
}
