package io.adaos.hub.operations.execution;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Tells one run that it must stop, and why; the first reason stays. */
public final class CancellationToken {

    /** Why a run has to stop. */
    public enum Reason {
        /** Somebody cancelled the operation; this run ends it. */
        CANCELLED,
        /** The operation has ended, or another process works on it. */
        LEASE_LOST,
        /** The step has taken longer than it may; it is tried again, or the operation fails. */
        STEP_DEADLINE,
        /** This process ends; another run goes on from here. */
        SHUTDOWN
    }

    private final AtomicReference<Reason> reason = new AtomicReference<>();

    void stop(Reason why) {
        reason.compareAndSet(null, why);
    }

    Optional<Reason> reason() {
        return Optional.ofNullable(reason.get());
    }

    /** Whether to stop; for loops that cannot throw. */
    public boolean isStopped() {
        return reason.get() != null;
    }

    /** Goes on, or throws. */
    public void check() {
        Reason why = reason.get();
        if (why != null) {
            throw new StoppedException(why);
        }
    }
}
