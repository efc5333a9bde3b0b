package io.adaos.hub.operations.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.runtime.http.HubJson;

/**
 * A file of a bundle, or why it is not there.
 *
 * @param name path inside of the bundle
 * @param text without secrets; null when the part is missing
 * @param isCut there was more in front
 * @param missing why the part is not there; null when it is
 */
record BundlePart(String name, String text, boolean isCut, String missing) {

    /** A part with this text, from which secrets are taken. */
    static BundlePart of(String name, String text, boolean isCut) {
        return new BundlePart(name, Secrets.redacted(text), isCut, null);
    }

    /** A part with this answer of a service, one member a line. */
    static BundlePart ofJson(String name, String answer) {
        try {
            return of(name, HubJson.mapper().readTree(answer).toPrettyString() + '\n', false);
        } catch (JsonProcessingException e) {
            return missing(name, "the answer is no JSON");
        }
    }

    /** A part that did not answer. */
    static BundlePart missing(String name, String why) {
        return new BundlePart(name, null, false, Secrets.redacted(why));
    }

    boolean isMissing() {
        return missing != null;
    }
}
