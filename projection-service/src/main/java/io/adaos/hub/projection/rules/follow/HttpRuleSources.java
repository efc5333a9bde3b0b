package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.runtime.outbox.Listing;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads what is installed, and the manifests of it. */
@Singleton
final class HttpRuleSources {

    private static final int NOT_FOUND = 404;

    private final HttpInstalledApi operations;
    private final HttpManifestApi registry;
    private final ServiceCredential credential;

    HttpRuleSources(@RestClient HttpInstalledApi operations, @RestClient HttpManifestApi registry,
            ServiceCredential credential) {
        this.operations = operations;
        this.registry = registry;
        this.credential = credential;
    }

    /** What is installed, or that it has not changed. */
    Uni<Listing<List<InstalledArtifact>>> installed(Optional<String> ifNoneMatch) {
        return operations.installed(credential.bearer(), ifNoneMatch.orElse(null))
                .map(HttpRuleSources::listing);
    }

    /** The manifest; empty when the registry has none of this version. */
    Uni<Optional<String>> manifest(InstalledArtifact artifact) {
        return Uni.createFrom().deferred(() -> registry.manifest(credential.bearer(),
                        artifact.kind().plural(), artifact.id(), artifact.version()))
                .map(Optional::of)
                .onFailure(HttpRuleSources::isNotFound).recoverWithItem(Optional.empty());
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() == NOT_FOUND;
    }

    private static Listing<List<InstalledArtifact>> listing(RestResponse<InstalledPage> answer) {
        if (answer.getStatus() == RestResponse.StatusCode.NOT_MODIFIED) {
            return new Listing.Unchanged<>();
        }
        InstalledPage page = answer.getEntity();
        return new Listing.Listed<>(page.epoch(), page.sequence(),
                answer.getHeaderString(HttpHeaders.ETAG), page.items());
    }
}
