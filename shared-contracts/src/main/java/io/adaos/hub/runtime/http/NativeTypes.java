package io.adaos.hub.runtime.http;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.ArtifactSource;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.catalog.CatalogPage;
import io.adaos.hub.contracts.catalog.InstallSpec;
import io.adaos.hub.contracts.catalog.Publisher;
import io.adaos.hub.contracts.catalog.RegistrySnapshot;
import io.adaos.hub.contracts.catalog.RequiredSkills;
import io.adaos.hub.contracts.catalog.ScenarioIo;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.listing.InstallAction;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowStatus;
import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.AcceptedOperation;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.contracts.projection.LegacyToast;
import io.adaos.hub.contracts.projection.RuntimeBranch;
import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.DetailsRule;
import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names every wire record, so that a native image can read and write them by hand. */
@RegisterForReflection(targets = {
    EventEnvelope.class, ServiceHead.class,
    ArtifactKind.class, ArtifactSource.class, CatalogEntry.class, CatalogEntryUpserted.class,
    CatalogPage.class, InstallSpec.class, Publisher.class, RegistrySnapshot.class,
    RequiredSkills.class, ScenarioIo.class,
    FieldProblem.class, Problem.class,
    ArtifactRef.class, NodeId.class, OperationId.class, OwnerId.class, WebspaceId.class,
    InstallAction.class, InstallAction.Value.class, MarketplaceRow.class, RowStatus.class,
    NotificationLevel.class, NotificationPage.class, OperationNotification.class,
    AcceptedOperation.class, Initiator.class, InstalledArtifact.class, InstalledChanged.class,
    InstalledPage.class, InstalledStatus.class, OperationChanged.class, OperationError.class,
    OperationKind.class, OperationPage.class, OperationRequest.class, OperationState.class,
    OperationStatus.class,
    LegacyToast.class, RuntimeBranch.class, RuntimeBranch.Operations.class,
    DataRoute.class, DeclaredRules.class, DetailsRule.class, DirectWriteGrant.class,
    ProjectionPath.class, ProjectionRule.class, RuleBudget.class
})
final class NativeTypes {

    private NativeTypes() {
    }
}
