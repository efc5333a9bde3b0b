package io.adaos.hub.registry.platform;

import io.adaos.hub.registry.blob.PgBlobStore;
import io.adaos.hub.registry.catalog.CatalogChanges;
import io.adaos.hub.registry.catalog.PgCatalogReads;
import io.adaos.hub.registry.catalog.PgCatalogStore;
import io.adaos.hub.registry.normalize.YamlLimits;
import io.adaos.hub.registry.push.ArtifactInspector;
import io.adaos.hub.registry.push.ArtifactPushService;
import io.adaos.hub.registry.push.PushSettings;
import io.adaos.hub.registry.snapshot.RegistrySnapshotService;
import io.adaos.hub.registry.upload.UploadFolder;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.pg.PgTransactions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the plain classes of this service together. */
@Singleton
final class RegistryBeans {

    @Produces
    @Singleton
    CatalogChanges catalogChanges() {
        return new CatalogChanges();
    }

    @Produces
    @Singleton
    PgCatalogStore catalogStore(
            PgTransactions transactions, Outbox outbox, CatalogChanges changes) {
        return new PgCatalogStore(transactions, outbox, changes);
    }

    @Produces
    @Singleton
    PgCatalogReads catalogReads(PgTransactions transactions, Outbox outbox) {
        return new PgCatalogReads(transactions, outbox);
    }

    @Produces
    @Singleton
    PgBlobStore blobStore(PgTransactions transactions) {
        return new PgBlobStore(transactions);
    }

    @Produces
    @Singleton
    RegistrySnapshotService snapshots(PgCatalogReads reads, CatalogChanges changes) {
        return new RegistrySnapshotService(reads, changes);
    }

    @Produces
    @Singleton
    PushSettings pushSettings(RegistryConfig config) {
        return new PushSettings(config.jsonArchiveBytesMax());
    }

    @Produces
    @Singleton
    UploadFolder uploads(
            @ConfigProperty(name = "quarkus.http.body.uploads-directory") Path folder) {
        return new UploadFolder(folder);
    }

    @Produces
    @Singleton
    ArtifactPushService pushes(RegistryConfig config, PgCatalogStore catalog, PgBlobStore blobs,
            @ConfigProperty(name = "hub.registry.name", defaultValue = "adaos-registry")
            String registry) {
        ArchiveLimits archives = ArchiveLimits.of(
                config.archiveBytesMax(), config.unpackedBytesMax(), config.filesMax());
        YamlLimits manifests = new YamlLimits(config.manifestBytesMax(),
                YamlLimits.DEFAULT.depthMax(), YamlLimits.DEFAULT.weightMax());
        return new ArtifactPushService(
                new ArtifactInspector(registry, archives, manifests), catalog, blobs);
    }
}
