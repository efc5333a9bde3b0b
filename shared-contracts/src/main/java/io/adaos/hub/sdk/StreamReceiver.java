package io.adaos.hub.sdk;

import io.adaos.hub.contracts.id.WebspaceId;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A stream that the skill's manifest declares, in one webspace. It names no topic and no socket:
 * who listens, and by which way, is known to the hub.
 *
 * @param webspace always named; there is no default
 * @param name as in the manifest; of an open receiver ({@code logs.*}) with the star replaced
 */
public record StreamReceiver(WebspaceId webspace, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,159}");

    public StreamReceiver {
        Objects.requireNonNull(webspace, "a stream is of a webspace; none is assumed");
        if (!NAME.matcher(name).matches() || name.startsWith("nodes.")) {
            throw new IllegalArgumentException("not a receiver: " + name);
        }
    }

    String path() {
        return "/v1/webspaces/" + webspace + "/streams/" + name.replace("@", "%40");
    }
}
