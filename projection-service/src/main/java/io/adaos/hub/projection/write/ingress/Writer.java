package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OwnerId;
import java.util.Optional;

/**
 * Who writes, as its credential says.
 *
 * @param isTrusted whether it may write for others
 */
public record Writer(OwnerId owner, NodeId node, boolean isTrusted) {

    private static final String SKILL = "skill:";
    private static final String USER = "user:";
    private static final String SERVICE = "service:";
    private static final String NODE = "node:";
    private static final OwnerId OPERATOR = new OwnerId("core:operator");

    /** A writer, and why it is refused; of a refused one the writer may be unknown. */
    public record Identified(Optional<Writer> writer, Optional<WriteRefusal> refusal) {

        private static Identified as(OwnerId owner, NodeId node, boolean isTrusted) {
            return new Identified(
                    Optional.of(new Writer(owner, node, isTrusted)), Optional.empty());
        }

        private static Identified refused(HubErrorCode code, String detail) {
            return new Identified(Optional.empty(), Optional.of(WriteRefusal.of(code, detail)));
        }
    }

    /**
     * The owner of a write. A service of the hub writes as a part of it, an operator who names no
     * owner as {@code core:operator}, as over a socket.
     *
     * @param asked the owner the body names; only an operator may name one
     */
    public static Identified identify(String subject, boolean isAdmin, Optional<OwnerId> asked) {
        NodeId node = subject.startsWith(NODE)
                ? new NodeId(subject.substring(NODE.length())) : NodeId.HUB;
        if (isAdmin) {
            OwnerId owner = asked.orElse(OPERATOR);
            return owner.isCore() || isSkill(owner.value()) || isOf(owner.value(), USER)
                    ? Identified.as(owner, node, true)
                    : Identified.refused(HubErrorCode.OWNER_MISSING, "'" + owner
                            + "' owns no writes; skills, people and parts of the hub do");
        }
        if (asked.isPresent()) {
            return new Identified(identify(subject, false, Optional.empty()).writer(),
                    Optional.of(WriteRefusal.of(HubErrorCode.WRONG_OWNER,
                            "Only scope admin may name the owner of a write")));
        }
        if (isSkill(subject) || isOf(subject, USER)) {
            return Identified.as(new OwnerId(subject), node, false);
        }
        if (isOf(subject, SERVICE)) {
            return Identified.as(
                    new OwnerId("core:" + subject.substring(SERVICE.length())), node, true);
        }
        return Identified.refused(HubErrorCode.OWNER_MISSING,
                "The credential '" + subject + "' is of no skill and of no person");
    }

    /** The skill that writes. */
    public Optional<ArtifactRef> skill() {
        return isOf(owner.value(), SKILL)
                ? Optional.of(new ArtifactRef("skill", owner.value().substring(SKILL.length())))
                : Optional.empty();
    }

    /** The person who writes. */
    Optional<String> user() {
        return isOf(owner.value(), USER)
                ? Optional.of(owner.value().substring(USER.length())) : Optional.empty();
    }

    /** A skill of whose id there can be an artifact. */
    private static boolean isSkill(String subject) {
        return isOf(subject, SKILL) && ArtifactRef.NAME.matcher(
                subject.substring(SKILL.length())).matches();
    }

    private static boolean isOf(String subject, String kind) {
        return subject.startsWith(kind);
    }
}
