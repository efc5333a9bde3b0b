package io.adaos.hub.projection.crdt.sync;

/** A message that brings two documents to the same content. */
public sealed interface SyncMessage extends ProtocolMessage
        permits SyncStep1, SyncStep2, SyncUpdate {}
