package io.adaos.hub.projection.crdt.sync;

import io.adaos.hub.projection.crdt.id.StateVector;

/**
 * "This is what I know"; answered by {@link SyncStep2}.
 *
 * @param known the sender's state vector
 */
public record SyncStep1(StateVector known) implements SyncMessage {}
