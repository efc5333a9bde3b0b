package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.operation.OperationPage;
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

/** Reads operations and notifications as one state. */
@Singleton
final class HttpOperationsLoader {

    /*
     * Notes on the position.
     *
     * The state is two lists, read one after the other. The position is that of the first page of
     * the first list: whatever happened while the rest was read is in the facts after it, which are
     * applied again and change nothing, since records are compared by revision and id.
     */

    private static final int PAGE = 500;
    private static final int PAGES_MAX = 200;
    private static final char TAGS_BETWEEN = ' ';

    private record Read(OperationPage first, String etag, List<OperationState> operations) {
    }

    private final HttpOperationsApi operations;
    private final ServiceCredential credential;

    HttpOperationsLoader(@RestClient HttpOperationsApi operations, ServiceCredential credential) {
        this.operations = operations;
        this.credential = credential;
    }

    /** The state, or that it has not changed; the tag is both lists' tags. */
    Uni<Listing<ListedOperations>> list(Optional<String> ifNoneMatch) {
        String[] tags = ifNoneMatch.map(both -> both.split(String.valueOf(TAGS_BETWEEN), 2))
                .filter(both -> both.length == 2)
                .orElse(new String[] {null, null});
        if (tags[0] == null) {
            return whole();
        }
        return operations.operations(bearer(), tags[0], PAGE, null)
                .chain(first -> isUnchanged(first)
                        ? operations.notifications(bearer(), tags[1]).chain(second ->
                                isUnchanged(second)
                                        ? Uni.createFrom().item(new Listing.Unchanged<>())
                                        : whole())
                        : whole());
    }

    private Uni<Listing<ListedOperations>> whole() {
        return operations.operations(bearer(), null, PAGE, null)
                .chain(answer -> {
                    OperationPage page = answer.getEntity();
                    Read read = new Read(page, answer.getHeaderString(HttpHeaders.ETAG),
                            new ArrayList<>(page.items()));
                    return further(read, page.nextCursor(), 1);
                })
                .chain(read -> operations.notifications(bearer(), null)
                        .map(answer -> listing(read, answer)));
    }

    private Uni<Read> further(Read read, String cursor, int pages) {
        if (cursor == null) {
            return Uni.createFrom().item(read);
        }
        if (pages == PAGES_MAX) {
            return Uni.createFrom().failure(new IllegalStateException(
                    "operations-service lists more than " + PAGES_MAX * PAGE + " operations"));
        }
        return operations.operations(bearer(), null, PAGE, cursor).chain(answer -> {
            OperationPage page = answer.getEntity();
            read.operations().addAll(page.items());
            return further(read, page.nextCursor(), pages + 1);
        });
    }

    private static Listing<ListedOperations> listing(
            Read read, RestResponse<NotificationPage> answer) {
        String second = answer.getHeaderString(HttpHeaders.ETAG);
        String etag = read.etag() == null || second == null
                ? null : read.etag() + TAGS_BETWEEN + second;
        return new Listing.Listed<>(read.first().epoch(), read.first().sequence(), etag,
                new ListedOperations(read.operations(), answer.getEntity().items()));
    }

    private static boolean isUnchanged(RestResponse<?> answer) {
        return answer.getStatus() == RestResponse.StatusCode.NOT_MODIFIED;
    }

    private String bearer() {
        return credential.bearer();
    }
}
