package io.adaos.hub.marketplace.catalogview;

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
import java.util.function.UnaryOperator;
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
     *
     * @param known gives an item that is held already for one that says the same
     */
    Uni<Listing<List<CatalogItem>>> list(
            Optional<String> ifNoneMatch, UnaryOperator<CatalogItem> known) {
        String bearer = credential.bearer();
        return page(bearer, ifNoneMatch.orElse(null), 0).flatMap(first -> {
            if (first.getStatus() == RestResponse.StatusCode.NOT_MODIFIED) {
                return Uni.createFrom().item(new Listing.Unchanged<>());
            }
            String etag = first.getHeaderString(HttpHeaders.ETAG);
            CatalogPage page = first.getEntity();
            return rest(bearer, page, known).map(items ->
                    new Listing.Listed<>(page.epoch(), page.sequence(), etag, items));
        });
    }

    private Uni<List<CatalogItem>> rest(
            String bearer, CatalogPage first, UnaryOperator<CatalogItem> known) {
        List<CatalogItem> items = new ArrayList<>();
        add(items, first, known);
        if (isLast(first)) {
            return Uni.createFrom().item(items);
        }
        return Multi.createBy().repeating()
                .uni(() -> page(bearer, null, items.size()).map(RestResponse::getEntity)
                        .invoke(page -> requireSameEpoch(first, page))
                        .invoke(page -> add(items, page, known)))
                .whilst(page -> !isLast(page))
                .select().first(PAGES_MAX)
                .collect().last()
                .replaceWith(items);
    }

    private Uni<RestResponse<CatalogPage>> page(String bearer, String ifNoneMatch, int offset) {
        return registry.catalog(bearer, ifNoneMatch, offset, PageRequest.LIMIT_MAX);
    }

    /** Entries become items page by page, so that a whole list of them is never held. */
    private static void add(
            List<CatalogItem> items, CatalogPage page, UnaryOperator<CatalogItem> known) {
        page.items().stream().map(CatalogItem::of).map(known).forEach(items::add);
    }

    private static void requireSameEpoch(CatalogPage first, CatalogPage page) {
        if (!page.epoch().equals(first.epoch())) {
            throw new IllegalStateException("the registry's database changed between two pages");
        }
    }

    private static boolean isLast(CatalogPage page) {
        return page.items().isEmpty() || page.offset() + page.items().size() >= page.total();
    }
}
