package io.adaos.hub.runtime.http;

import io.adaos.hub.contracts.action.ActionPublished;
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
import io.adaos.hub.contracts.listing.Affordance;
import io.adaos.hub.contracts.listing.InstallAction;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.listing.RowAffordances;
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
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationPlan;
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
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.WireWord;
import io.adaos.hub.contracts.status.YjsPressure;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names every wire record, so that a native image can read and write them by hand. */
@RegisterForReflection(targets = {
    ActionPublished.class,
    EventEnvelope.class, ServiceHead.class,
    ArtifactKind.class, ArtifactSource.class, CatalogEntry.class, CatalogEntryUpserted.class,
    CatalogPage.class, InstallSpec.class, Publisher.class, RegistrySnapshot.class,
    RequiredSkills.class, ScenarioIo.class,
    FieldProblem.class, Problem.class,
    ArtifactRef.class, NodeId.class, OperationId.class, OwnerId.class, WebspaceId.class,
    Affordance.class, InstallAction.class, InstallAction.Value.class, MarketplaceRow.class,
    RowAffordances.class, RowAffordances.Holder.class, RowStatus.class,
    NotificationLevel.class, NotificationPage.class, OperationNotification.class,
    AcceptedOperation.class, Initiator.class, InstalledArtifact.class, InstalledChanged.class,
    InstalledPage.class, InstalledStatus.class, OperationChanged.class, OperationError.class,
    OperationError.Cause.class, OperationInput.class, OperationInput.Choice.class,
    OperationPlan.class, OperationPlan.Step.class,
    OperationKind.class, OperationPage.class, OperationRequest.class, OperationState.class,
    OperationStatus.class,
    LegacyToast.class, RuntimeBranch.class, RuntimeBranch.Operations.class,
    DataRoute.class, DeclaredRules.class, DetailsRule.class, DirectWriteGrant.class,
    ProjectionPath.class, ProjectionRule.class, RuleBudget.class,
    WireWord.class, EpochSeconds.class,
    Connectivity.class, Connectivity.Kind.class, Connectivity.Transport.class,
    Connectivity.Transition.class, Connectivity.Reason.class, Connectivity.ServedBy.class,
    Connectivity.PlannedTransition.class,
    StateSync.class, StateSync.Transport.class, StateSync.FirstSync.class,
    StateSync.Semantic.class, StateSync.Freshness.class, StateSync.Fallback.class,
    StateSync.Replay.class, StateSync.Replay.Mode.class,
    YjsPressure.class, YjsPressure.PolicyState.class, YjsPressure.Target.class,
    YjsPressure.Reason.class, YjsPressure.Counters.class,
    WebspaceStatus.class, WebspaceStatus.Evidence.class, WebspaceStatus.Source.class,
    WebspaceStatus.Source.Name.class, WebspaceStatus.Source.State.class,
    WebspaceStatus.Sessions.class, WebspaceStatus.Room.class
})
final class NativeTypes {

    private NativeTypes() {
    }
}
