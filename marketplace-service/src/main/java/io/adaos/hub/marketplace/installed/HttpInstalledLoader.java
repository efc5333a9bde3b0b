package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.runtime.outbox.Listing;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads what is installed on all nodes. */
@Singleton
final class HttpInstalledLoader {

    private final HttpOperationsApi operations;
    private final ServiceCredential credential;

    HttpInstalledLoader(@RestClient HttpOperationsApi operations, ServiceCredential credential) {
        this.operations = operations;
        this.credential = credential;
    }

    /** The list, or that it has not changed. */
    Uni<Listing<List<InstalledArtifact>>> list(Optional<String> ifNoneMatch) {
        return operations.installed(credential.bearer(), ifNoneMatch.orElse(null))
                .map(HttpInstalledLoader::listing);
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
