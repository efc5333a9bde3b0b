package io.adaos.hub.projection.write.direct;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import java.util.Optional;

/**
 * Who sends raw updates over a socket, and by which right.
 *
 * @param subject of the credential
 * @param owner empty when the credential owns no writes
 */
public record RawWriter(Kind kind, String subject, Optional<OwnerId> owner) {

    private static final String SKILL = "skill:";
    private static final String USER = "user:";
    private static final OwnerId OPERATOR = new OwnerId("core:operator");

    /** By which right. */
    public enum Kind {
        /** May write everywhere; measured and never held up. */
        OPERATOR,
        /** Writes where its manifest says. */
        SKILL,
        /** Writes where manifests of skills opened the document. */
        PERSON,
        /** May not write. */
        READER
    }

    /**
     * The writer a credential makes.
     *
     * @param mayWrite whether it has the scope to write into this webspace
     */
    public static RawWriter of(String subject, boolean isAdmin, boolean mayWrite) {
        if (isAdmin) {
            return new RawWriter(Kind.OPERATOR, subject, Optional.of(OPERATOR));
        }
        boolean isOwner = subject.startsWith(USER)
                || subject.startsWith(SKILL)
                && ArtifactRef.NAME.matcher(subject.substring(SKILL.length())).matches();
        if (!isOwner) {
            return new RawWriter(Kind.READER, subject, Optional.empty());
        }
        Kind kind = !mayWrite ? Kind.READER
                : subject.startsWith(SKILL) ? Kind.SKILL : Kind.PERSON;
        return new RawWriter(kind, subject, Optional.of(new OwnerId(subject)));
    }

    /** With whose writes its updates wait in a room. */
    String lane() {
        return owner.map(OwnerId::value).orElse(subject);
    }

    /** The meter of its updates; only of one that owns writes. */
    OwnerKey key(WebspaceId webspace) {
        OwnerId own = owner.orElseThrow();
        return subject.startsWith(SKILL) && kind != Kind.OPERATOR
                ? OwnerKey.direct(webspace, own) : OwnerKey.of(webspace, own);
    }

    /** The skill it is. */
    ArtifactRef skill() {
        return new ArtifactRef("skill", subject.substring(SKILL.length()));
    }
}
