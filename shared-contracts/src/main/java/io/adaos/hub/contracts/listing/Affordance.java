package io.adaos.hub.contracts.listing;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Whether something can be done with a row now.
 *
 * @param reason a sentence for people that says why not; null when it can be done
 */
public record Affordance(
        boolean possible,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {

    private static final Affordance POSSIBLE = new Affordance(true, null);

    public Affordance {
        if (possible == (reason != null)) {
            throw new IllegalArgumentException("exactly what is not possible has a reason");
        }
    }

    /** It can be done. */
    public static Affordance possibleNow() {
        return POSSIBLE;
    }

    /** It cannot be done, for this reason. */
    public static Affordance not(String reason) {
        return new Affordance(false, reason);
    }
}
