package io.adaos.hub.sdk;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a slot stands between the skill and the hub.
 *
 * @param refusal why the newest value is held back or was refused, where it is
 * @param generation in which the hub held the newest value, while that is known
 */
public record SlotStatus(State state, Optional<Refusal> refusal, OptionalLong generation) {

    /** The life of a slot. */
    public enum State {
        /** A value is on its way, or none was set yet. */
        PENDING,
        /** The hub has confirmed the newest value. */
        READY,
        /** The hub does not answer: what is shown may be older than the newest value. */
        STALE,
        /** The hub holds the newest value back, or refuses it for a while. */
        THROTTLED,
        /** The newest value was refused for good, or could not be built. */
        ERROR
    }

    static final SlotStatus UNSET =
            new SlotStatus(State.PENDING, Optional.empty(), OptionalLong.empty());
}
