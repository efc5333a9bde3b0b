package io.adaos.hub.projection.crdt.sync;

/**
 * "This has just changed".
 *
 * @param update an encoded update, used and not copied
 */
public record SyncUpdate(byte[] update) implements SyncMessage {}
