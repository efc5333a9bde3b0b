package io.adaos.hub.contracts.bus;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.status.Connectivity;

/**
 * Every subject the hub uses, and no other place that spells one.
 *
 * <p>Shape {@code hub.v1.<plane>.<what>.<key…>}; facts are in the past tense.
 */
public final class HubSubjects {

    /** All facts of registry-sync-service. */
    public static final String CATALOG_ALL = "hub.v1.catalog.>";

    /** All facts of operations-service. */
    public static final String OPERATION_ALL = "hub.v1.operation.>";

    /** All facts of projection-service; what else it says on this plane has no number. */
    public static final String PROJECTION_CHANGED_ALL = "hub.v1.projection.changed.>";

    /** All facts about status. */
    public static final String STATUS_ALL = "hub.v1.status.>";

    private HubSubjects() {
    }

    /** A catalog entry was created or changed. */
    public static String catalogUpserted(ArtifactRef ref) {
        return "hub.v1.catalog.upserted." + ref.kind() + '.' + SubjectToken.of(ref.id());
    }

    /** A version of an action was published; the plane is the registry's one. */
    public static String actionPublished(String name, String version) {
        return "hub.v1.catalog.action_published." + SubjectToken.of(name)
                + '.' + SubjectToken.of(version);
    }

    /** One message per revision of an operation. */
    public static String operationChanged(WebspaceId webspace, OperationId operation) {
        return "hub.v1.operation.changed." + SubjectToken.of(webspace.value())
                + '.' + SubjectToken.of(operation.value());
    }

    /** A notification was made for the people of a webspace. */
    public static String operationNotified(WebspaceId webspace, String notificationId) {
        return "hub.v1.operation.notified." + SubjectToken.of(webspace.value())
                + '.' + SubjectToken.of(notificationId);
    }

    /** An artifact came to a node or left it. */
    public static String artifactInstalled(ArtifactRef ref) {
        return "hub.v1.operation.installed." + ref.kind() + '.' + SubjectToken.of(ref.id());
    }

    /** Core NATS: the rules of an artifact's newest version count now. */
    public static String rulesLoaded(ArtifactRef ref) {
        return "hub.v1.projection.rules_loaded." + ref.kind() + '.' + SubjectToken.of(ref.id());
    }

    /** Core NATS: an owner writes a slot that nobody declared. */
    public static String ruleMissing(WebspaceId webspace, OwnerId owner) {
        return "hub.v1.projection.rule_missing." + SubjectToken.of(webspace.value())
                + '.' + SubjectToken.of(owner.value());
    }

    /** Core NATS: a part of a webspace's log could not be used; owners write again. */
    public static String setAside(WebspaceId webspace) {
        return "hub.v1.projection.set_aside." + SubjectToken.of(webspace.value());
    }

    /**
     * Core NATS: an owner was warned, throttled or blocked for a reason, or what it had pending was
     * refused; at most one a second.
     *
     * @param verdict word of the evidence, such as {@code throttled}
     * @param reason word of the evidence, such as {@code write_amplification}
     */
    public static String governed(
            String verdict, WebspaceId webspace, OwnerId owner, String reason) {
        return "hub.v1.governance." + SubjectToken.of(verdict)
                + '.' + SubjectToken.of(webspace.value())
                + '.' + SubjectToken.of(owner.value()) + '.' + SubjectToken.of(reason);
    }

    /** Core NATS: an actor's connectivity changed. */
    public static String connectivityChanged(Connectivity.Kind kind, String scopeId) {
        return "hub.v1.status.connectivity." + kind.wire() + '.' + SubjectToken.of(scopeId);
    }

    /** Core NATS: a state of a webspace's state sync changed. */
    public static String stateSyncChanged(WebspaceId webspace) {
        return "hub.v1.status.state_sync." + SubjectToken.of(webspace.value());
    }

    /** Core NATS: the policy state of an owner in a webspace changed. */
    public static String pressureChanged(WebspaceId webspace, OwnerId owner) {
        return "hub.v1.status.yjs_pressure." + SubjectToken.of(webspace.value())
                + '.' + SubjectToken.of(owner.value());
    }

    /** Core NATS: a status card says something new. */
    public static String cardChanged(WebspaceId webspace, String cardId) {
        return "hub.v1.status.card_changed." + SubjectToken.of(webspace.value())
                + '.' + SubjectToken.of(cardId);
    }

    /** A fact of this plane could not be published; its number must not leave a hole. */
    public static String parked(String plane) {
        return "hub.v1." + SubjectToken.of(plane) + ".parked";
    }

    /** Core NATS: where a service's events are, every 2 s. */
    public static String head(String service) {
        return "hub.v1.head." + SubjectToken.of(service);
    }
}
