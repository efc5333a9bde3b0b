package io.adaos.hub.projection.room.mailbox;

import io.adaos.hub.projection.crdt.Doc;

/**
 * A document that nobody is ahead of: everything in it is in the log. Good during one call only.
 *
 * @param generation the newest generation it holds
 */
public record DurableView(Doc doc, long generation) {
}
