package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.projection.write.ProjectionService;
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

/** Reads of operations-service what the documents show, and no more. */
@Singleton
final class HttpOperationsLoader {

    /*
     * Notes on the position.
     *
     * The state is many lists, read one after the other: what is active anywhere, and for each
     * webspace what has ended and what was said. The position is that of the very first answer:
     * whatever happened while the rest was read is in the facts after it, which are applied again
     * and change nothing, since records are compared by revision and id. That answer holds its
     * position, so while its tag holds nothing else has changed either; the tag says also which
     * webspaces were asked for.
     */

    private static final int PAGES_MAX = 200;
    private static final int AT_ONCE = 4;
    private static final char TAGS_BETWEEN = ' ';

    /** What was read of the active operations. */
    private record Read(OperationPage first, String etag, List<OperationState> operations) {
    }

    /** What was read of one webspace. */
    private record OfWebspace(OperationPage ended, NotificationPage notified) {
    }

    private final HttpOperationsApi operations;
    private final ServiceCredential credential;
    private final ProjectionService projections;

    HttpOperationsLoader(@RestClient HttpOperationsApi operations, ServiceCredential credential,
            ProjectionService projections) {
        this.operations = operations;
        this.credential = credential;
        this.projections = projections;
    }

    /** The state, or that it has not changed since the answer with this tag. */
    Uni<Listing<ListedOperations>> list(Optional<String> ifNoneMatch) {
        return projections.webspaces().chain(webspaces -> {
            String asked = Integer.toHexString(webspaces.hashCode()) + TAGS_BETWEEN;
            String tag = ifNoneMatch.filter(known -> known.startsWith(asked))
                    .map(known -> known.substring(asked.length()))
                    .orElse(null);
            return operations.active(bearer(), tag, null)
                    .chain(first -> isUnchanged(first)
                            ? Uni.createFrom().item(new Listing.Unchanged<>())
                            : whole(first, webspaces, asked));
        });
    }

    private Uni<Listing<ListedOperations>> whole(RestResponse<OperationPage> first,
            List<WebspaceId> webspaces, String asked) {
        OperationPage page = first.getEntity();
        String etag = first.getHeaderString(HttpHeaders.ETAG);
        Read read = new Read(page, etag == null ? null : asked + etag,
                new ArrayList<>(page.items()));
        return further(read, page.nextCursor(), 1)
                .chain(active -> Multi.createFrom().iterable(webspaces)
                        .onItem().transformToUni(this::ofWebspace).merge(AT_ONCE)
                        .collect().asList())
                .map(all -> listing(read, all));
    }

    private Uni<OfWebspace> ofWebspace(WebspaceId webspace) {
        return operations.ended(bearer(), webspace.value(), WebspaceView.FINISHED_MAX)
                .chain(ended -> operations.notifications(
                                bearer(), webspace.value(), WebspaceView.NOTIFICATIONS_MAX)
                        .map(notified -> new OfWebspace(ended, notified)));
    }

    private Uni<Read> further(Read read, String cursor, int pages) {
        if (cursor == null) {
            return Uni.createFrom().item(read);
        }
        if (pages == PAGES_MAX) {
            return Uni.createFrom().failure(new IllegalStateException(
                    "operations-service lists more than " + PAGES_MAX + " pages that are active"));
        }
        return operations.active(bearer(), null, cursor).chain(answer -> {
            OperationPage page = answer.getEntity();
            read.operations().addAll(page.items());
            return further(read, page.nextCursor(), pages + 1);
        });
    }

    /** An operation that ended meanwhile is in two lists; the newer revision counts. */
    private static Listing<ListedOperations> listing(Read read, List<OfWebspace> webspaces) {
        String epoch = read.first().epoch();
        List<OperationState> listed = read.operations();
        List<OperationNotification> notified = new ArrayList<>();
        for (OfWebspace webspace : webspaces) {
            if (!webspace.ended().epoch().equals(epoch)
                    || !webspace.notified().epoch().equals(epoch)) {
                throw new IllegalStateException("operations-service changed while it was listed");
            }
            listed.addAll(webspace.ended().items());
            notified.addAll(webspace.notified().items());
        }
        return new Listing.Listed<>(epoch, read.first().sequence(), read.etag(),
                new ListedOperations(listed, notified));
    }

    private static boolean isUnchanged(RestResponse<?> answer) {
        return answer.getStatus() == RestResponse.StatusCode.NOT_MODIFIED;
    }

    private String bearer() {
        return credential.bearer();
    }
}
