package io.adaos.hub.projection.room.mailbox;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a write that waits may still be refused because the log takes nothing. A writer who was
 * told that its write is held is owed it; one who was told nothing may be refused. Safe for use by
 * any thread.
 */
public final class WritePromise {

    private enum State { OPEN, GIVEN, REFUSED }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /**
     * The writer is about to be told that its write is held.
     *
     * @return false when the write is being refused, which its writer must be told instead
     */
    public boolean give() {
        return state.compareAndSet(State.OPEN, State.GIVEN) || state.get() == State.GIVEN;
    }

    /** Whether the writer may be told that its write is refused; from then on nothing else. */
    boolean withhold() {
        return state.compareAndSet(State.OPEN, State.REFUSED) || state.get() == State.REFUSED;
    }
}
