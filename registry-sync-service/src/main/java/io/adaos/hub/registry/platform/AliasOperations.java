package io.adaos.hub.registry.platform;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/** Gives operations at the unprefixed paths ids of their own: an id may be there only once. */
public final class AliasOperations implements OASFilter {

    private static final String ALIAS = "/actions";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(ALIAS)) {
                item.getOperations().values().forEach(AliasOperations::rename);
            }
        });
    }

    private static void rename(Operation operation) {
        String suffix = "Alias";
        if (!operation.getOperationId().endsWith(suffix)) {
            operation.setOperationId(operation.getOperationId() + suffix);
        }
    }
}
