package io.adaos.hub.operations.platform;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.operationlog.LogEntry;
import io.adaos.hub.operations.operationlog.LogLevel;
import io.adaos.hub.operations.operationlog.PgOperationLog;
import io.adaos.hub.operations.work.PgWorkReaper;
import io.adaos.hub.operations.work.PgWorkStore;
import io.adaos.hub.operations.work.WaitingClaims;
import io.adaos.hub.operations.work.WorkDesk;
import io.adaos.hub.operations.work.WorkLimits;
import io.adaos.hub.operations.work.WorkOffer;
import io.adaos.hub.operations.work.WorkService;
import io.adaos.hub.operations.work.node.NodeDirectory;
import io.adaos.hub.operations.work.node.NodeState;
import io.adaos.hub.operations.work.node.PgNodes;
import io.adaos.hub.operations.work.remote.ActionInvokeHandler;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** Wires the work of other nodes. */
@RegisterForReflection(targets = {WorkOffer.class, NodeState.class})
final class WorkBeans {

    private final WorkConfig config;

    WorkBeans(WorkConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    WorkLimits limits() {
        return config.limits();
    }

    @Produces
    @Singleton
    NodeDirectory directory() {
        return new NodeDirectory(config.configuredNodes());
    }

    @Produces
    @Singleton
    PgNodes nodes(PgTransactions transactions) {
        return new PgNodes(transactions);
    }

    @Produces
    @Singleton
    PgWorkStore store(PgTransactions transactions) {
        return new PgWorkStore(transactions, config.limits());
    }

    @Produces
    @Singleton
    PgWorkReaper reaper(PgTransactions transactions) {
        return new PgWorkReaper(transactions, config.limits());
    }

    @Produces
    @Singleton
    WaitingClaims waiting() {
        return new WaitingClaims();
    }

    @Produces
    @Singleton
    WorkService.Stores stores(PgWorkStore work, PgNodes nodes, NodeDirectory directory,
            WaitingClaims waiting) {
        return new WorkService.Stores(work, nodes, directory, waiting);
    }

    @Produces
    @Singleton
    WorkService service(WorkService.Stores stores, OperationManager operations,
            PgOperationLog log, MeterRegistry meters) {
        return new WorkService(stores, operations, (operation, lines) ->
                log.append(operation, OptionalLong.empty(), entries(operation, lines))
                        .replaceWithVoid(), meters);
    }

    @Produces
    @Singleton
    WorkDesk desk(PgWorkStore store, WaitingClaims waiting) {
        return new WorkDesk(store, waiting);
    }

    @Produces
    @Singleton
    OperationHandler actionInvoke(WorkDesk desk) {
        return new ActionInvokeHandler(desk, config.invokeDeadline());
    }

    private static List<LogEntry> entries(
            OperationId operation, List<WorkService.Log.Line> lines) {
        return lines.stream().map(line -> new LogEntry(operation, LogLevel.of(line.level()),
                line.step(), line.message())).toList();
    }
}
