package io.adaos.hub.projection.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ProjectionRule;
import java.util.List;
import java.util.Optional;

/** What became of a question for a rule. */
public sealed interface Resolution {

    /**
     * The place to write.
     *
     * @param owner the artifact that declared the rule; empty for one of the hub itself
     * @param path a root and the segments below it, unescaped, with user, node and modal ids put in
     */
    record Found(ProjectionRule rule, Optional<ArtifactRef> owner, WebspaceId webspace,
            List<String> path) implements Resolution {

        /** The value as it may be written: ids of modals have one node prefix at most. */
        public Object normalized(Object value) {
            return ModalRepair.repaired(value);
        }
    }

    /** Nobody declared the slot: {@code projection_rule_missing}. */
    record Missing() implements Resolution {
    }

    /** The rule leads nowhere for this user or node: {@code path_not_allowed}. */
    record NotAllowed(String detail) implements Resolution {
    }

    /** Not all rules are known yet: {@code policy_unavailable}. */
    record Unavailable(String detail) implements Resolution {
    }
}
