package io.adaos.hub.projection.crdt.id;

/**
 * Name of one content unit in a document.
 *
 * @param client the replica that made it, 0..2^53-1
 * @param clock its number among the units of that replica, from 0
 */
public record StructId(long client, long clock) {}
