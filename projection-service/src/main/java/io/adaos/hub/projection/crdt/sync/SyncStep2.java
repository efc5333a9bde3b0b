package io.adaos.hub.projection.crdt.sync;

/**
 * "This is what you lack", the answer to {@link SyncStep1}.
 *
 * @param update an encoded update, used and not copied
 */
public record SyncStep2(byte[] update) implements SyncMessage {}
