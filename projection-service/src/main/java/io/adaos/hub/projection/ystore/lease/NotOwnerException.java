package io.adaos.hub.projection.ystore.lease;

import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Another replica owns the webspace; whoever asked should ask there. */
public final class NotOwnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String address;
    private final Duration wait;

    /**
     * @param address where the owner is
     * @param wait until it may be replaced, if nothing is heard of it
     */
    public NotOwnerException(WebspaceId webspace, String address, Duration wait) {
        super("webspace " + webspace + " is owned by the replica at " + address, null, false,
                false);
        this.address = address;
        this.wait = wait;
    }

    /** Where the owner is. */
    public String address() {
        return address;
    }

    /** Until the owner may be replaced, if nothing is heard of it. */
    public Duration waitAtMost() {
        return wait;
    }

    /** This refusal, if a failure says so or came of it. */
    public static Optional<NotOwnerException> in(Throwable failure) {
        Throwable at = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        return at instanceof NotOwnerException refusal ? Optional.of(refusal) : Optional.empty();
    }
}
