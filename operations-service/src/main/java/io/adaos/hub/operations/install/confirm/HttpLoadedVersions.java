package io.adaos.hub.operations.install.confirm;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks projection-service over HTTP, with this service's own credential. */
@Singleton
public final class HttpLoadedVersions implements LoadedVersionsClient {

    private static final int NOT_FOUND = 404;

    private final HttpProjectionApi projection;
    private final ServiceCredential credential;

    HttpLoadedVersions(@RestClient HttpProjectionApi projection, ServiceCredential credential) {
        this.projection = projection;
        this.credential = credential;
    }

    @Override
    public Uni<Optional<String>> version(ArtifactKind kind, String id) {
        return Uni.createFrom()
                .deferred(() -> projection.loaded(credential.bearer(), kind.wire(), id))
                .map(loaded -> Optional.ofNullable(loaded.version()))
                .onFailure(HttpLoadedVersions::isNotFound).recoverWithItem(Optional.empty());
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() == NOT_FOUND;
    }
}
