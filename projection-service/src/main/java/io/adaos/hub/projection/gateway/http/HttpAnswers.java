package io.adaos.hub.projection.gateway.http;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How rooms and their store answer over HTTP. */
public final class HttpAnswers {

    private HttpAnswers() {
    }

    /**
     * What the store says; when it does not, 503 {@code store_unavailable}, or {@code not_owner}
     * with the member {@code owner_address}, the replica to ask instead.
     */
    public static <T> Uni<T> fromStore(Supplier<CompletionStage<T>> question) {
        return Uni.createFrom().completionStage(question)
                .onFailure().transform(HttpAnswers::refusal);
    }

    /** What a failure of the store says to a client. */
    public static Throwable refusal(Throwable failure) {
        if (failure instanceof HubException) {
            return failure;
        }
        Optional<NotOwnerException> elsewhere = NotOwnerException.in(failure);
        if (elsewhere.isPresent()) {
            return new HubException(HubErrorCode.NOT_OWNER, elsewhere.get().getMessage(),
                    List.of(), Map.of("owner_address", elsewhere.get().address()))
                    .after(elsewhere.get().waitAtMost());
        }
        HubException refusal = new HubException(
                HubErrorCode.STORE_UNAVAILABLE, "The document store does not answer");
        refusal.addSuppressed(failure);
        return refusal;
    }
}
