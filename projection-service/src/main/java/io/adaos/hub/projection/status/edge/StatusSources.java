package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.status.WebspaceStatus.Source.Name;
import io.adaos.hub.projection.operationview.OperationProjectionService;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.status.SourceFacts;
import io.adaos.hub.runtime.outbox.FollowState;
import java.time.Instant;
import java.util.List;

/** What documents are filled from, as its followers stand. */
final class StatusSources {

    private final OperationProjectionService operations;
    private final InstalledRulesService rules;

    StatusSources(OperationProjectionService operations, InstalledRulesService rules) {
        this.operations = operations;
        this.rules = rules;
    }

    /** Nothing in documents comes from the catalog yet, so nobody follows it here. */
    List<SourceFacts> read() {
        Instant now = Instant.now();
        FollowState installed = rules.state();
        RuleBook book = rules.book();
        SourceFacts declared = SourceFacts.of(Name.RULES, installed, now);
        return List.of(
                SourceFacts.of(Name.OPERATIONS, operations.state(), now),
                SourceFacts.notConfigured(Name.CATALOG),
                SourceFacts.of(Name.INSTALLED, installed, now),
                book.isComplete() && book.pending().isEmpty()
                        ? declared : declared.reading(book.isComplete()));
    }
}
