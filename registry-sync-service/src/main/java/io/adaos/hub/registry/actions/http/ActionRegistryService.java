package io.adaos.hub.registry.actions.http;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.actions.intake.ActionKey;
import io.adaos.hub.registry.actions.intake.ActionQuery;
import io.adaos.hub.registry.actions.intake.PublishRequest;
import io.adaos.hub.registry.actions.signature.ContentHash;
import io.adaos.hub.registry.actions.signature.SignatureVerdict;
import io.adaos.hub.registry.actions.signature.TrustedKey;
import io.adaos.hub.registry.actions.signature.VerdictCache;
import io.adaos.hub.registry.actions.store.ActionItem;
import io.adaos.hub.registry.actions.store.NewAction;
import io.adaos.hub.registry.actions.store.PgActionReads;
import io.adaos.hub.registry.actions.store.PgActionStore;
import io.adaos.hub.registry.actions.store.Publisher;
import io.adaos.hub.registry.actions.store.StoredAction;
import io.adaos.hub.registry.actions.trust.TrustStore;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Publishes, finds and verifies actions: the steps of each, in the order of the contract. */
public final class ActionRegistryService {

    private static final int VERDICTS_MAX = 10_000;

    private final PgActionStore store;
    private final PgActionReads reads;
    private final TrustStore trust;
    private final ActionMeters meters;
    private final VerdictCache verdicts = new VerdictCache(VERDICTS_MAX);

    public ActionRegistryService(PgActionStore store, PgActionReads reads, TrustStore trust,
            ActionMeters meters) {
        this.store = store;
        this.reads = reads;
        this.trust = trust;
        this.meters = meters;
    }

    /** What came of a publish request. */
    record Published(ActionRecord action, boolean isNew) {
    }

    /** Judges the signature, then stores; the same content again is no fault. */
    Uni<Published> publish(ActionKey key, PublishRequest request, Publisher publisher) {
        NewAction action = NewAction.of(key, request);
        return trust.find(request.signature().kid())
                .invoke(trusted -> refuseUnsigned(action, trusted))
                .chain(() -> store.publish(action, publisher))
                .map(stored -> outcome(action, stored));
    }

    /** The version of this name, judged as it stands now. */
    Uni<ActionRecord> fetch(ActionKey key) {
        return reads.find(key).map(found -> present(key, found)).chain(action ->
                trust.find(action.signature().kid()).map(trusted -> judged(action, trusted)));
    }

    /** A page of actions. */
    Uni<List<ActionItem>> page(ActionQuery query) {
        return reads.page(query);
    }

    private void refuseUnsigned(NewAction action, Optional<TrustedKey> key) {
        SignatureVerdict verdict = SignatureVerdict.of(action.signature(), action.hash(), key);
        if (verdict instanceof SignatureVerdict.Verified) {
            meters.judged(true);
        } else if (verdict instanceof SignatureVerdict.BadSignature) {
            meters.judged(false);
            throw new HubException(HubErrorCode.BAD_SIGNATURE, "The signature is not that of key '"
                    + kid(action) + "' over " + action.hash().text());
        } else {
            throw new HubException(HubErrorCode.UNKNOWN_KEY_ID, "No key '"
                    + kid(action) + "' is trusted to sign with "
                    + TrustedKey.ED25519);
        }
    }

    private static String kid(NewAction action) {
        String kid = action.signature().kid();
        return kid.length() > TrustedKey.KID_CHARS_MAX ? "(too long to be one)" : kid;
    }

    private Published outcome(NewAction action, PgActionStore.Stored stored) {
        if (!stored.action().hash().equals(action.hash().text())) {
            throw new HubException(HubErrorCode.IMMUTABLE_VERSION_CONFLICT,
                    "Version " + action.key().version() + " of " + action.key().name()
                            + " is published with other content: " + stored.action().hash());
        }
        if (stored.isNew()) {
            meters.published();
        }
        return new Published(
                ActionRecord.of(stored.action(), Optional.empty()), stored.isNew());
    }

    private static StoredAction present(ActionKey key, PgActionReads.Found found) {
        return found.action().orElseThrow(() -> found.isNameKnown()
                ? new HubException(HubErrorCode.VERSION_NOT_FOUND,
                        "Action " + key.name() + " has no version " + key.version())
                : new HubException(HubErrorCode.ACTION_NOT_FOUND,
                        "No action " + key.name() + " is published"));
    }

    /** A stored hash that is not that of the stored bytes is no better than a bad signature. */
    private ActionRecord judged(StoredAction action, Optional<TrustedKey> key) {
        ContentHash hash = ContentHash.of(action.canonical());
        SignatureVerdict verdict = verdicts.judge(action.signature(), hash, key);
        if (verdict instanceof SignatureVerdict.Verified && !hash.text().equals(action.hash())) {
            verdict = new SignatureVerdict.BadSignature();
        }
        meters.judged(verdict.verifyError().isEmpty());
        return ActionRecord.of(action, verdict.verifyError());
    }
}
