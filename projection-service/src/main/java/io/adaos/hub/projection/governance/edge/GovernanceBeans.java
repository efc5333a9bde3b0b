package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.DirectWriteLog;
import io.adaos.hub.projection.governance.direct.DirectWriteRules;
import io.adaos.hub.projection.governance.direct.RefusedClients;
import io.adaos.hub.projection.governance.pressure.DeclaredBudgets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Turns the settings into the plain governor. */
@Singleton
final class GovernanceBeans {

    @Produces
    @Singleton
    DeclaredBudgets budgets(GovernanceConfig config) {
        return config.budgets();
    }

    @Produces
    @Singleton
    WriteGovernor governor(GovernanceConfig config, DeclaredBudgets budgets) {
        return new WriteGovernor(config.settings(), budgets);
    }

    @Produces
    @Singleton
    DirectWriteRules directWriteRules(GovernanceConfig config) {
        return new DirectWriteRules(config.directWrites());
    }

    @Produces
    @Singleton
    DirectWriteLog directWriteLog() {
        return new DirectWriteLog();
    }

    @Produces
    @Singleton
    RefusedClients refusedClients() {
        return new RefusedClients();
    }

    @Produces
    @Singleton
    SteadyClock clock() {
        return new SteadyClock();
    }
}
