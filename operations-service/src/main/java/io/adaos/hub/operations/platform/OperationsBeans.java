package io.adaos.hub.operations.platform;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.operations.compat.LegacyInstallRequest;
import io.adaos.hub.operations.compat.LegacyInstallResource;
import io.adaos.hub.operations.execution.HandlerRegistry;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.execution.child.PgChildren;
import io.adaos.hub.operations.execution.lease.LeaseStore;
import io.adaos.hub.operations.execution.lease.PgLeaseStore;
import io.adaos.hub.operations.execution.noop.NoopHandler;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.InstalledStore;
import io.adaos.hub.operations.install.LocalWorkspace;
import io.adaos.hub.operations.install.NodeWorkspace;
import io.adaos.hub.operations.install.NodeWorkspaces;
import io.adaos.hub.operations.install.PgInstalledStore;
import io.adaos.hub.operations.install.RegistryClient;
import io.adaos.hub.operations.install.confirm.LoadedVersion;
import io.adaos.hub.operations.install.confirm.LoadedVersionsClient;
import io.adaos.hub.operations.install.confirm.RulesConfirmation;
import io.adaos.hub.operations.install.kind.KindParts;
import io.adaos.hub.operations.intake.CancelAnswer;
import io.adaos.hub.operations.intake.IntakeService;
import io.adaos.hub.operations.intake.OperationChangeSource;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.OperationStore;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationIds;
import io.adaos.hub.operations.lifecycle.machine.Question;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.store.PgOperationStore;
import io.adaos.hub.operations.notification.PgNotificationStore;
import io.adaos.hub.operations.notification.ReadAnswer;
import io.adaos.hub.operations.notification.ReadRequest;
import io.adaos.hub.operations.operationlog.PgOperationLog;
import io.adaos.hub.operations.retention.RetentionPolicy;
import io.adaos.hub.operations.work.WorkDesk;
import io.adaos.hub.operations.work.node.NodeDirectory;
import io.adaos.hub.operations.work.remote.RemoteWorkspace;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.adaos.hub.runtime.workspace.WorkspaceFiles;
import io.quarkus.arc.All;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Wires the features; each knows only what its constructor takes. */
@RegisterForReflection(targets = {
    OperationCommand.class, Question.class, TargetRef.class, ArtifactVersion.class,
    CancelAnswer.class, LoadedVersion.class, ReadAnswer.class, ReadRequest.class,
    LegacyInstallRequest.class})
final class OperationsBeans {

    private final OperationsConfig config;
    private final LoadedVersionsClient projection;
    private final Clock clock = Clock.systemUTC();

    OperationsBeans(OperationsConfig config, LoadedVersionsClient projection) {
        this.config = config;
        this.projection = projection;
    }

    @Produces
    @Singleton
    PgNotificationStore notifications(PgTransactions transactions, Outbox outbox) {
        return new PgNotificationStore(transactions, outbox, clock);
    }

    @Produces
    @Singleton
    PgOperationStore operations(
            PgTransactions transactions, Outbox outbox, PgNotificationStore notifications) {
        return new PgOperationStore(transactions, outbox,
                new OperationIds(clock, new SecureRandom()), clock, List.of(notifications));
    }

    @Produces
    @Singleton
    PgOperationLog operationLog(PgTransactions transactions) {
        return new PgOperationLog(transactions);
    }

    @Produces
    @Singleton
    LeaseStore leases(PgTransactions transactions, PgOperationStore operations) {
        return new PgLeaseStore(transactions, operations);
    }

    @Produces
    @Singleton
    InstalledStore installed(PgTransactions transactions, Outbox outbox) {
        return new PgInstalledStore(transactions, outbox);
    }

    @Produces
    @Singleton
    LocalWorkspace hubWorkspace(OperationsConfig.Workspace folder, RegistryClient registry,
            InstalledStore installed, ReinstallService reinstall) {
        return new LocalWorkspace(NodeId.HUB,
                new WorkspaceFiles(folder.dir(), config.archiveLimits()),
                registry, installed, reinstall);
    }

    @Produces
    @Singleton
    NodeWorkspaces workspaces(LocalWorkspace hub, WorkDesk desk, InstalledStore installed) {
        return node -> node.equals(NodeId.HUB) ? hub
                : new RemoteWorkspace(node, desk, installed, config.archiveLimits());
    }

    @Produces
    @Singleton
    KindParts kindParts(RegistryClient registry, InstalledStore installed,
            NodeWorkspaces workspaces) {
        return new KindParts(registry, installed, workspaces, clock,
                new RulesConfirmation(projection, config.install().confirmWait()),
                config.install().deadline(), config.presenceWait());
    }

    @Produces
    @Singleton
    @LookupIfProperty(name = "hub.operations.noop", stringValue = "true")
    OperationHandler noop() {
        return new NoopHandler();
    }

    @Produces
    @Singleton
    OperationManager manager(OperationStore store, @All List<OperationHandler> handlers) {
        return new OperationManager(
                store, handlers.stream().map(OperationHandler::rules).toList());
    }

    @Produces
    @Singleton
    IntakeService intake(OperationManager operations, NodeDirectory nodes) {
        return new IntakeService(operations, config.admissionLimits(), nodes);
    }

    @Produces
    @Singleton
    OperationChangeSource changes(OperationManager operations) {
        return new OperationChangeSource(operations);
    }

    @Produces
    @Singleton
    LegacyInstallResource.LegacyWait legacyWait() {
        return new LegacyInstallResource.LegacyWait(config.compat().installWait());
    }

    @Produces
    @Singleton
    OperationRunner runner(OperationManager operations, LeaseStore leases,
            PgTransactions transactions, @All List<OperationHandler> handlers) {
        return new OperationRunner(operations, leases, new PgOperationLog(transactions),
                new PgChildren(transactions),
                new HandlerRegistry(handlers),
                config.retryPolicy(), config.executionLimits());
    }

    @Produces
    @Singleton
    RetentionPolicy retention() {
        return config.retentionPolicy();
    }
}
