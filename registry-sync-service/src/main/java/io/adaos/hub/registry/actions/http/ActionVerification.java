package io.adaos.hub.registry.actions.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether the signature of a published version is believed at this moment.
 *
 * @param verifyError why not; null when it is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ActionVerifyResponse")
public record ActionVerification(String name, String version, boolean verified, String kid,
        String alg, String hash, String verifyError) {

    static ActionVerification of(ActionRecord action) {
        return new ActionVerification(action.name(), action.version(), action.verified(),
                action.signature().kid(), action.signature().alg(), action.hash(),
                action.verifyError());
    }
}
