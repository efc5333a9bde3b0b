package io.adaos.hub.projection.rules;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Optional;

/**
 * A write's question for its rule and address.
 *
 * @param webspace the writer names; empty: that of the target, else {@code desktop}
 * @param node the writer is on; only scope {@code subnet} looks at it
 * @param userId stands for {@code {user_id}} in paths
 */
public record RuleQuery(Optional<WebspaceId> webspace, String scope, String slot, NodeId node,
        Optional<String> userId) {
}
