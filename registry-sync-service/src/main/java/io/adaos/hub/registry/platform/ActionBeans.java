package io.adaos.hub.registry.platform;

import io.adaos.hub.registry.actions.canonical.JsonLimits;
import io.adaos.hub.registry.actions.http.ActionLimits;
import io.adaos.hub.registry.actions.http.ActionMeters;
import io.adaos.hub.registry.actions.http.ActionRegistryService;
import io.adaos.hub.registry.actions.intake.ActionBodyReader;
import io.adaos.hub.registry.actions.probe.PgMigrations;
import io.adaos.hub.registry.actions.store.PgActionReads;
import io.adaos.hub.registry.actions.store.PgActionStore;
import io.adaos.hub.registry.actions.trust.ConfiguredKeys;
import io.adaos.hub.registry.actions.trust.PgTrustedKeyStore;
import io.adaos.hub.registry.actions.trust.PublishKey;
import io.adaos.hub.registry.actions.trust.TrustStore;
import io.adaos.hub.runtime.http.HealthDetail;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.adaos.hub.runtime.security.CredentialSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Puts the plain classes of the action registry together. */
@Singleton
final class ActionBeans {

    @Produces
    @Singleton
    ActionLimits limits(ActionsConfig config) {
        return new ActionLimits(config.bodyBytesMax());
    }

    @Produces
    @Singleton
    ActionBodyReader bodies(ActionLimits limits) {
        return new ActionBodyReader(limits.bodyBytesMax(), JsonLimits.DEFAULT);
    }

    @Produces
    @Singleton
    ConfiguredKeys configuredKeys(
            @ConfigProperty(name = "trusted.keys.json") Optional<String> json,
            @ConfigProperty(name = "trusted.keys.path") Optional<Path> path) {
        return new ConfiguredKeys(json, path, System::nanoTime);
    }

    @Produces
    @Singleton
    HealthDetail trustedKeysDetail(ConfiguredKeys keys) {
        return new TrustedKeysDetail(keys);
    }

    @Produces
    @Singleton
    TrustStore trustStore(ConfiguredKeys configured, PgTransactions transactions) {
        return new TrustStore(configured, new PgTrustedKeyStore(transactions));
    }

    @Produces
    @Singleton
    CredentialSource publishKey(
            @ConfigProperty(name = "action.registry.api.key") Optional<String> key) {
        return new PublishKey(key);
    }

    @Produces
    @Singleton
    @Startup
    PgMigrations migrations(PgTransactions transactions, Flyway flyway) {
        List<String> wanted = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .map(MigrationVersion::getVersion)
                .toList();
        return new PgMigrations(transactions, wanted);
    }

    @Produces
    @Singleton
    @Startup
    ActionRegistryService actions(PgTransactions transactions, Outbox outbox,
            TrustStore trust, MeterRegistry meters) {
        return new ActionRegistryService(new PgActionStore(transactions, outbox),
                new PgActionReads(transactions), trust, new ActionMeters(meters));
    }

    /** How many configured keys are in force, and which entries were left out. */
    private record TrustedKeysDetail(ConfiguredKeys keys) implements HealthDetail {
        @Override
        public String name() {
            return "trusted_keys";
        }

        @Override
        public Uni<Object> read() {
            List<String> faults = keys.faults();
            return Uni.createFrom().item(Map.of(
                    "ok", faults.isEmpty(), "count", keys.size(), "faults", faults));
        }
    }
}
