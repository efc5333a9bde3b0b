package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.WriteTicket;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.room.mailbox.WritePromise;
import io.adaos.hub.projection.write.body.WriteBody;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One write on its way; used by one thread at a time, but for its end. */
final class WriteItem {

    private static final String SOURCE = "projection_service";
    private static final String CHANNEL = "http";

    /**
     * One write as it was asked for.
     *
     * @param credential subject of the credential
     */
    record Asked(String credential, Writer.Identified who, String slot, WriteBody body,
            String correlationId) {
    }

    final Asked asked;
    final CompletableFuture<WriteEnd> end = new CompletableFuture<>();
    Optional<Preparation.Prepared> prepared = Optional.empty();
    Optional<WriteTicket> ticket = Optional.empty();
    Optional<GovernanceDecision.Throttle> deferred = Optional.empty();
    Optional<WritePromise> promise = Optional.empty();

    WriteItem(Asked asked) {
        this.asked = asked;
    }

    Optional<OwnerId> owner() {
        return asked.who().writer().map(Writer::owner);
    }

    /** The declared write; only of one that was not refused. */
    Optional<DeclaredWrite> write() {
        return prepared.filter(Preparation.Prepared.Ready.class::isInstance)
                .map(ready -> ((Preparation.Prepared.Ready) ready).write());
    }

    /** The address, as far as it is known. */
    String path() {
        return prepared.filter(Preparation.Prepared.Refused.class::isInstance)
                .map(refused -> ((Preparation.Prepared.Refused) refused).path())
                .or(() -> write().map(DeclaredWrite::path)).orElse("");
    }

    void refuse(WriteRefusal refusal) {
        end.complete(new WriteEnd.Refused(refusal));
    }

    /** Whether its writer may be told that it is held; false when its refusal is under way. */
    boolean isHeld() {
        return promise.isEmpty() || promise.get().give();
    }

    /** For the governor: the owner is known. */
    WriteAttempt attempt(OwnerKey key, long bytes) {
        long fingerprint = write().map(DeclaredWrite::fingerprint).orElse(0L);
        return WriteAttempt.governed(key, path(), new WriteAttempt.Value(bytes, fingerprint),
                new WriteOrigin(WriteCause.SKILL_PROJECTION, SOURCE, CHANNEL,
                        asked.correlationId(), 0));
    }
}
