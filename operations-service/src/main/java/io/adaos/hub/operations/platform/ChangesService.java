package io.adaos.hub.operations.platform;

import io.adaos.hub.operations.intake.OperationChangeSource;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ends the requests that wait for changes, before the process waits for requests to end. */
@Singleton
final class ChangesService {

    private static final int EARLY = 1;

    private final OperationChangeSource changes;

    ChangesService(OperationChangeSource changes) {
        this.changes = changes;
    }

    void onStopping(@Observes @Priority(EARLY) ShutdownDelayInitiatedEvent event) {
        changes.close();
    }
}
