package io.adaos.hub.projection.panel;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the panel must know before it can ask anything. */
@Path("/panel")
@Produces(MediaType.APPLICATION_JSON)
public class PanelResource {

    /** Addresses without a slash at the end, absolute or relative to the page. */
    public record PanelSettings(
            String registryUrl, String marketplaceUrl, String operationsUrl, String webspace) {
    }

    private final PanelSettings settings;

    PanelResource(PanelConfig config) {
        this.settings = new PanelSettings(
                config.registryUrl(), config.marketplaceUrl(), config.operationsUrl(),
                config.webspace());
    }

    /** Public: the page reads it before it has a credential. */
    @GET
    @Path("config.json")
    @PermitAll
    @Operation(summary = "Where the panel finds the other services")
    public PanelSettings config() {
        return settings;
    }
}
