package io.adaos.hub.projection.stream.market;

import io.adaos.hub.runtime.outbox.Listing;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks the two sources where they are; what they hold is not wanted. */
@Singleton
final class HttpPositions {

    private final HttpCatalogApi registry;
    private final HttpInstalledPositionApi operations;
    private final ServiceCredential credential;

    HttpPositions(@RestClient HttpCatalogApi registry,
            @RestClient HttpInstalledPositionApi operations, ServiceCredential credential) {
        this.registry = registry;
        this.operations = operations;
        this.credential = credential;
    }

    /** The answer of a list, of which only the position counts. */
    public record Position(String epoch, long sequence) {
    }

    Uni<Listing<Position>> registry(Optional<String> ifNoneMatch) {
        return registry.catalog(credential.bearer(), ifNoneMatch.orElse(null), 1)
                .map(HttpPositions::listing);
    }

    Uni<Listing<Position>> operations(Optional<String> ifNoneMatch) {
        return operations.installed(credential.bearer(), ifNoneMatch.orElse(null))
                .map(HttpPositions::listing);
    }

    private static Listing<Position> listing(RestResponse<Position> answer) {
        if (answer.getStatus() == RestResponse.StatusCode.NOT_MODIFIED) {
            return new Listing.Unchanged<>();
        }
        Position position = answer.getEntity();
        return new Listing.Listed<>(position.epoch(), position.sequence(),
                answer.getHeaderString(HttpHeaders.ETAG), position);
    }
}
