package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.status.WebspaceStatus.Source.Name;
import io.adaos.hub.projection.operationview.OperationProjectionService;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.status.SourceFacts;
import io.adaos.hub.projection.stream.market.MarketStreamService;
import io.adaos.hub.runtime.outbox.FollowState;
import java.time.Instant;
import java.util.List;

/** What documents and streams are filled from, as its followers stand. */
final class StatusSources {

    private final OperationProjectionService operations;
    private final InstalledRulesService rules;
    private final MarketStreamService market;

    StatusSources(OperationProjectionService operations, InstalledRulesService rules,
            MarketStreamService market) {
        this.operations = operations;
        this.rules = rules;
        this.market = market;
    }

    List<SourceFacts> read() {
        Instant now = Instant.now();
        FollowState installed = rules.state();
        RuleBook book = rules.book();
        SourceFacts declared = SourceFacts.of(Name.RULES, installed, now);
        return List.of(
                SourceFacts.of(Name.OPERATIONS, operations.state(), now),
                SourceFacts.of(Name.CATALOG, market.catalogState(), now),
                SourceFacts.of(Name.INSTALLED, installed, now),
                book.isComplete() && book.pending().isEmpty()
                        ? declared : declared.reading(book.isComplete()));
    }
}
