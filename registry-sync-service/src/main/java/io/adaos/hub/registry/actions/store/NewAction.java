package io.adaos.hub.registry.actions.store;

import io.adaos.hub.registry.actions.canonical.CanonicalForm;
import io.adaos.hub.registry.actions.canonical.JsonValue.TextValue;
import io.adaos.hub.registry.actions.intake.ActionKey;
import io.adaos.hub.registry.actions.intake.ActionQuery;
import io.adaos.hub.registry.actions.intake.PublishRequest;
import io.adaos.hub.registry.actions.signature.ContentHash;
import io.adaos.hub.registry.actions.signature.SignatureBlock;

/**
 * A version of an action that may be published, with all that is derived from its schema.
 *
 * @param canonical what is hashed and signed
 * @param description the schema's own, as a JSON text; null when it has none that is a text
 * @param search what a search looks into: name and description in lower case
 */
public record NewAction(ActionKey key, byte[] canonical, ContentHash hash,
        SignatureBlock signature, String description, String search) {

    private static final String PART = "\u0001";

    /** What a request asks to publish. */
    public static NewAction of(ActionKey key, PublishRequest request) {
        byte[] canonical = CanonicalForm.of(request.schema());
        String description = request.schema().text("description").orElse("");
        boolean isDescribed = request.schema().members().get("description") instanceof TextValue;
        return new NewAction(key, canonical, ContentHash.of(canonical), request.signature(),
                isDescribed ? CanonicalForm.text(new TextValue(description)) : null,
                ActionQuery.folded(key.name()) + PART + ActionQuery.folded(description));
    }
}
