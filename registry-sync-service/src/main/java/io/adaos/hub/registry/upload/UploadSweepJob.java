package io.adaos.hub.registry.upload;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Takes the folder for uploads at the start, and deletes what killed processes have left there. */
@Singleton
final class UploadSweepJob {

    private static final Logger LOG = Logger.getLogger(UploadSweepJob.class);

    private final UploadFolder uploads;

    UploadSweepJob(UploadFolder uploads) {
        this.uploads = uploads;
    }

    void start(@Observes StartupEvent event) throws IOException {
        uploads.open();
        UploadFolder.Swept swept = uploads.sweep(Instant.now());
        if (swept.files() > 0 || swept.failures() > 0) {
            LOG.infof("event=uploads_swept files=%d bytes=%d failures=%d",
                    swept.files(), swept.bytes(), swept.failures());
        }
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        uploads.close();
    }
}
