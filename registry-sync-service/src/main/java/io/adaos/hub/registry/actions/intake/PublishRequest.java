package io.adaos.hub.registry.actions.intake;

import io.adaos.hub.registry.actions.canonical.JsonValue.ObjectValue;
import io.adaos.hub.registry.actions.signature.SignatureBlock;

/** What a publisher sends: a schema, which may be any object, and who signed it. */
public record PublishRequest(ObjectValue schema, SignatureBlock signature) {
}
