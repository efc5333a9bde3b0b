package io.adaos.hub.projection.crdt.sync;

/**
 * News about who is present.
 *
 * @param update an encoded {@link AwarenessUpdate}, used and not copied
 */
public record AwarenessMessage(byte[] update) implements ProtocolMessage {}
