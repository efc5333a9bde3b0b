package io.adaos.hub.operations.work;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.runtime.security.Scope;
import java.util.function.Predicate;

/** Who speaks for a node, and what its credential lets it work on. */
record Worker(NodeId node, Predicate<String> scopes) {

    private static final String PREFIX = "node:";

    /** The worker behind a credential; refused unless its subject is a node. */
    static Worker of(String subject, Predicate<String> scopes) {
        if (!subject.startsWith(PREFIX)) {
            throw WorkRefusals.notANode(subject);
        }
        try {
            return new Worker(new NodeId(subject.substring(PREFIX.length())), scopes);
        } catch (IllegalArgumentException e) {
            throw WorkRefusals.notANode(subject);
        }
    }

    boolean may(String kind) {
        return scopes.test(Scope.work(kind));
    }
}
