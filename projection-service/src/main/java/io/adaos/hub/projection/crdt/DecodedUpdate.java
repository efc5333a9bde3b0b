package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.List;

/**
 * An update that was read completely and has not touched a document.
 *
 * @param blocks at most one per client, in the order of the bytes
 * @param deleted what it deletes
 * @param size bytes it was read from
 */
record DecodedUpdate(List<StructBlock> blocks, DeleteSet deleted, int size) {}
