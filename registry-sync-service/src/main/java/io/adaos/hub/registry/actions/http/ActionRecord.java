package io.adaos.hub.registry.actions.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.adaos.hub.registry.actions.signature.SignatureBlock;
import io.adaos.hub.registry.actions.store.StoredAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A published version of an action, and whether its signature is believed at this moment.
 *
 * @param schema the canonical text of the schema
 * @param hash over its bytes
 * @param signature as it was published
 * @param verifyError why it is not believed; null when it is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ActionVersionResponse")
public record ActionRecord(String name, String version,
        @JsonRawValue @Schema(implementation = Object.class) String schema, String hash,
        SignatureBlock signature, boolean verified, String verifyError) {

    static ActionRecord of(StoredAction action, Optional<String> verifyError) {
        return new ActionRecord(action.key().name(), action.key().version(),
                new String(action.canonical(), StandardCharsets.UTF_8), action.hash(),
                action.signature(), verifyError.isEmpty(), verifyError.orElse(null));
    }
}
