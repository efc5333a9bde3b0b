package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.outbox.Listing;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Reads what is installed on all nodes, and then what is under way. The position is that of the
 * first answer: what happened while the rest was read comes again as facts.
 */
@Singleton
final class HttpInstalledLoader {

    private static final int PAGES_MAX = 200;

    private final HttpOperationsApi operations;
    private final ServiceCredential credential;

    HttpInstalledLoader(@RestClient HttpOperationsApi operations, ServiceCredential credential) {
        this.operations = operations;
        this.credential = credential;
    }

    /** The lists, or that they have not changed: the tag of the first holds its position. */
    Uni<Listing<ListedOperations>> list(Optional<String> ifNoneMatch) {
        return operations.installed(credential.bearer(), ifNoneMatch.orElse(null))
                .chain(this::listing);
    }

    private Uni<Listing<ListedOperations>> listing(RestResponse<InstalledPage> answer) {
        if (answer.getStatus() == RestResponse.StatusCode.NOT_MODIFIED) {
            return Uni.createFrom().item(new Listing.Unchanged<>());
        }
        InstalledPage page = answer.getEntity();
        return active(new ArrayList<>(), null, 0).map(active -> new Listing.Listed<>(
                page.epoch(), page.sequence(), answer.getHeaderString(HttpHeaders.ETAG),
                new ListedOperations(page.items(), active)));
    }

    private Uni<List<OperationState>> active(
            List<OperationState> read, String cursor, int pages) {
        if (pages == PAGES_MAX) {
            return Uni.createFrom().failure(new IllegalStateException(
                    "operations-service lists more than " + PAGES_MAX + " pages that are active"));
        }
        return operations.active(credential.bearer(), cursor).chain(page -> {
            read.addAll(page.items());
            return page.nextCursor() == null
                    ? Uni.createFrom().item(read) : active(read, page.nextCursor(), pages + 1);
        });
    }
}
