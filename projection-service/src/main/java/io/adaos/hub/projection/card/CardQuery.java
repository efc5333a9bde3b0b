package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which cards somebody asks for.
 *
 * @param webspace of the cards; null for any
 * @param owner of the cards; null for any
 * @param scope of the cards; null for any
 * @param limit cards at most, 1 to {@link #LIMIT_MAX}
 */
record CardQuery(String webspace, String owner, String scope, boolean includeStale, int limit,
        Reader reader) {

    static final int LIMIT_MAX = 1_000;

    /**
     * Who asks; it sees its own cards, and those of webspaces it may read.
     *
     * @param isAdmin whether everybody's oversized cards concern it
     */
    record Reader(String subject, boolean isAdmin, Predicate<WebspaceId> mayRead) {
    }

    CardQuery {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new HubException(HubErrorCode.REQUEST_INVALID, "That many are not listed",
                    List.of(new FieldProblem("limit", "out_of_range", "limit is " + limit,
                            "Use a number from 1 to " + LIMIT_MAX)));
        }
        webspace = "default".equals(webspace) ? WebspaceId.DESKTOP.value() : webspace;
    }

    boolean takes(StatusCard card) {
        return (includeStale || !card.stale())
                && (webspace == null || webspace.equals(card.webspaceId().value()))
                && (owner == null || owner.equals(card.owner().value()))
                && (scope == null || scope.equals(card.scope()))
                && (card.owner().value().equals(reader.subject())
                        || reader.mayRead().test(card.webspaceId()));
    }
}
