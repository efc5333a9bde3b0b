package io.adaos.hub.marketplace.catalogview;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogPage;
import io.adaos.hub.runtime.http.PageRequest;
import io.adaos.hub.runtime.outbox.Listing;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads the whole catalog, page by page, at the position of its first page. */
@Singleton
final class HttpCatalogLoader {

    private static final int PAGES_MAX = 10_000;

    private final HttpRegistryApi registry;
    private final ServiceCredential credential;

    HttpCatalogLoader(@RestClient HttpRegistryApi registry, ServiceCredential credential) {
        this.registry = registry;
        this.credential = credential;
    }

    /**
     * The catalog, or that it has not changed. What changes while the pages are read comes again
     * as an event, as its number is above that of the first page.
     */
    Uni<Listing<List<CatalogEntry>>> list(Optional<String> ifNoneMatch) {
        String bearer = credential.bearer();
        return page(bearer, ifNoneMatch.orElse(null), 0).flatMap(first -> {
            if (first.getStatus() == RestResponse.StatusCode.NOT_MODIFIED) {
                return Uni.createFrom().item(new Listing.Unchanged<>());
            }
            String etag = first.getHeaderString(HttpHeaders.ETAG);
            return rest(bearer, first.getEntity()).map(entries -> new Listing.Listed<>(
                    first.getEntity().epoch(), first.getEntity().sequence(), etag, entries));
        });
    }

    private Uni<List<CatalogEntry>> rest(String bearer, CatalogPage first) {
        List<CatalogEntry> entries = new ArrayList<>(first.items());
        if (isLast(first)) {
            return Uni.createFrom().item(entries);
        }
        return Multi.createBy().repeating()
                .uni(() -> page(bearer, null, entries.size())
                        .map(answer -> added(entries, first, answer.getEntity())))
                .whilst(page -> !isLast(page))
                .select().first(PAGES_MAX)
                .collect().last()
                .replaceWith(entries);
    }

    private Uni<RestResponse<CatalogPage>> page(String bearer, String ifNoneMatch, int offset) {
        return registry.catalog(bearer, ifNoneMatch, offset, PageRequest.LIMIT_MAX);
    }

    private static CatalogPage added(
            List<CatalogEntry> entries, CatalogPage first, CatalogPage page) {
        if (!page.epoch().equals(first.epoch())) {
            throw new IllegalStateException("the registry's database changed between two pages");
        }
        entries.addAll(page.items());
        return page;
    }

    private static boolean isLast(CatalogPage page) {
        return page.items().isEmpty() || page.offset() + page.items().size() >= page.total();
    }
}
