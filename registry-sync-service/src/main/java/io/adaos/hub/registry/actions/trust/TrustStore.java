package io.adaos.hub.registry.actions.trust;

import io.adaos.hub.registry.actions.signature.TrustedKey;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** All trusted keys; those an operator has configured win over those of the interface. */
public final class TrustStore {

    private final ConfiguredKeys configured;
    private final PgTrustedKeyStore stored;

    public TrustStore(ConfiguredKeys configured, PgTrustedKeyStore stored) {
        this.configured = configured;
        this.stored = stored;
    }

    /** The key of this id. */
    public Uni<Optional<TrustedKey>> find(String kid) {
        Optional<TrustedKey> known = configured.find(kid);
        return known.isPresent() ? Uni.createFrom().item(known) : stored.find(kid);
    }

    /** Trusts the key unless another has its id. */
    Uni<PgTrustedKeyStore.Stored> add(TrustedKey key, String subject, String correlationId) {
        Optional<TrustedKey> known = configured.find(key.kid());
        return known.isPresent()
                ? Uni.createFrom().item(new PgTrustedKeyStore.Stored(known.get(), false))
                : stored.add(key, subject, correlationId);
    }
}
