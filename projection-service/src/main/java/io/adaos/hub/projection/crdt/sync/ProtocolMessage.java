package io.adaos.hub.projection.crdt.sync;

/** One message of the y-websocket protocol; one binary websocket frame carries one. */
public sealed interface ProtocolMessage
        permits SyncMessage, AwarenessMessage, PermissionDenied, QueryAwareness {}
