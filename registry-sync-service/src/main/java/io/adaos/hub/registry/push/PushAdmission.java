package io.adaos.hub.registry.push;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets so many pushes store at a time that readers and the relay of events keep connections.
 *
 * <p>The others wait on their own thread, which may block, and are sent away after a while.
 */
final class PushAdmission {

    private final Semaphore places;
    private final Duration wait;

    PushAdmission(int placesMax, Duration wait) {
        this.places = new Semaphore(placesMax, true);
        this.wait = wait;
    }

    /**
     * Waits for a place.
     *
     * @return gives the place back; once, however often it is run
     * @throws HubException RATE_LIMITED when none gets free
     */
    Runnable enter() {
        boolean isIn = false;
        try {
            isIn = places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!isIn) {
            throw new HubException(HubErrorCode.RATE_LIMITED,
                    "Too many pushes are being stored at this moment").after(wait);
        }
        AtomicBoolean isInside = new AtomicBoolean(true);
        return () -> {
            if (isInside.getAndSet(false)) {
                places.release();
            }
        };
    }
}
