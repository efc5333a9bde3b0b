package io.adaos.hub.operations.notification;

/**
 * The body that says how far a person has read.
 *
 * @param through id of the newest notification that was read
 */
public record ReadRequest(String through) {
}
