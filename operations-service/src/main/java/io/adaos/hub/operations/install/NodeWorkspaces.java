package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.id.NodeId;

/** The workspaces of all nodes. */
@FunctionalInterface
public interface NodeWorkspaces {

    /** The one of a node that operations may be sent to. */
    NodeWorkspace of(NodeId node);
}
