package io.adaos.hub.projection.crdt.sync;

/**
 * "You may not do this".
 *
 * @param reason for the log of the receiver
 */
public record PermissionDenied(String reason) implements ProtocolMessage {}
