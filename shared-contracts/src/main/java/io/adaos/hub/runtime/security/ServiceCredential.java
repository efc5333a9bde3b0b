package io.adaos.hub.runtime.security;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This service's own key, for calls to other services; read anew for each call. */
@Singleton
public final class ServiceCredential {

    private final Optional<Path> file;

    ServiceCredential(@ConfigProperty(name = "hub.service-key.file") Optional<Path> file) {
        this.file = file;
    }

    /**
     * The value of the {@code Authorization} header.
     *
     * @throws HubException {@code upstream_unavailable} when there is no usable key file
     */
    public String bearer() {
        if (file.isEmpty()) {
            throw new HubException(HubErrorCode.UPSTREAM_UNAVAILABLE,
                    "This service has no key of its own: set HUB_SERVICE_KEY_FILE");
        }
        try {
            String raw = Files.readString(file.get()).strip();
            if (raw.isEmpty()) {
                throw new IOException("it is empty");
            }
            return "Bearer " + raw;
        } catch (IOException e) {
            throw new HubException(HubErrorCode.UPSTREAM_UNAVAILABLE,
                    "The service key file cannot be read: " + e.getMessage());
        }
    }
}
