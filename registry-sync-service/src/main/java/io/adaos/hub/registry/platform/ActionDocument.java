package io.adaos.hub.registry.platform;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Completes the document of the interface: ids of their own for operations at the unprefixed paths,
 * as an id may be there only once, and an example that is no text.
 */
public final class ActionDocument implements OASFilter {

    private static final String ALIAS = "/actions";
    private static final Map<String, Object> EXAMPLE = Map.of(
            "schema", Map.of("description", "Move a file", "parameters", Map.of(
                    "source", Map.of("type", "string"),
                    "destination", Map.of("type", "string"))),
            "signature", Map.of("alg", "ed25519", "kid", "ops-2026",
                    "sig", "base64:E+cm80+LdBOkZomPBLA9TVTURmg/2lk/+A60foRAyx5eY8aUUlwK67HrTw6NN"
                            + "LhCC/GPU76fOMKZv9lWUN3PDg=="));

    @Override
    public void filterOpenAPI(OpenAPI api) {
        illustrate(api);
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(ALIAS)) {
                item.getOperations().values().forEach(ActionDocument::rename);
            }
        });
    }

    /** The contract names the older member, which a newer one stands beside by now. */
    @SuppressWarnings("deprecation")
    private static void illustrate(OpenAPI api) {
        api.getComponents().getSchemas().get("PublishRequest").setExample(EXAMPLE);
    }

    private static void rename(Operation operation) {
        String suffix = "Alias";
        if (!operation.getOperationId().endsWith(suffix)) {
            operation.setOperationId(operation.getOperationId() + suffix);
        }
    }
}
