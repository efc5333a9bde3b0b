package io.adaos.hub.projection.write.direct;

import io.adaos.hub.projection.room.member.CloseReason;

/** What a connection hears of an update it brought. */
public sealed interface RawEnd {

    /** Nothing: it was applied, brought nothing new, waits, or was discarded. */
    record Stay() implements RawEnd {
    }

    /** It does not fit: the client is asked for all that is missing. */
    record AskAgain() implements RawEnd {
    }

    /** It was refused, and its sender's document now differs from the hub's. */
    record Close(CloseReason reason) implements RawEnd {
    }
}
