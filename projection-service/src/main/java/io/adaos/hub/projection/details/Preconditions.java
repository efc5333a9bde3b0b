package io.adaos.hub.projection.details;

import io.adaos.hub.runtime.http.Etags;
import java.util.Optional;

/**
 * Under which conditions a client wants to write, RFC 9110 section 13.
 *
 * @param ifMatch it must have one of these tags; null: whatever it has
 * @param ifNoneMatch it must have none of these tags; null: whatever it has
 */
record Preconditions(String ifMatch, String ifNoneMatch) {

    /** Whether what is there, if anything is, may be replaced. */
    boolean permit(Optional<String> etag) {
        return Etags.permits(ifMatch, etag)
                && (etag.isEmpty() || !Etags.matches(ifNoneMatch, etag.get()));
    }
}
