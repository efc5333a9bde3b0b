package io.adaos.hub.projection.crdt.sync;

/** "Tell me who is present"; answered by an {@link AwarenessMessage} with all states. */
public record QueryAwareness() implements ProtocolMessage {}
