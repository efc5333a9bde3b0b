package io.adaos.hub.projection.write.budget;

import io.adaos.hub.projection.governance.pressure.DeclaredBudgets;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Tells the governor what installed skills promise. */
@Singleton
final class BudgetService {

    private final DeclaredBudgets budgets;
    private final InstalledRulesService rules;

    BudgetService(DeclaredBudgets budgets, InstalledRulesService rules) {
        this.budgets = budgets;
        this.rules = rules;
    }

    void start(@Observes StartupEvent event) {
        rules.watch((before, after) -> declare());
        declare();
    }

    private synchronized void declare() {
        budgets.declare(ManifestBudgets.of(rules.book()));
    }
}
