package io.adaos.hub.projection.crdt;

/** The type an item belongs to: itself, or before integration the name by which to find it. */
sealed interface Parent permits TypeNode, Parent.RootName, Parent.OwnerId {

    /** A root type, by its name in the document. */
    record RootName(String name) implements Parent {}

    /** A nested type, by the id of the item that holds it. */
    record OwnerId(ClientStructs client, long clock) implements Parent {}
}
