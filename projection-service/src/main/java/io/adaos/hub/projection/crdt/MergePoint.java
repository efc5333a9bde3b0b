package io.adaos.hub.projection.crdt;

/** A unit whose struct may be joined with its neighbours when the transaction ends. */
record MergePoint(ClientStructs client, long clock) {}
