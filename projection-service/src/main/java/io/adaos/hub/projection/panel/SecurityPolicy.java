package io.adaos.hub.projection.panel;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the page may load and whom it may talk to, as the header a browser obeys. */
final class SecurityPolicy {

    private SecurityPolicy() {
    }

    /**
     * The value of {@code Content-Security-Policy}.
     *
     * @param addresses services the page talks to; relative ones are the page's own origin
     */
    static String of(Collection<String> addresses) {
        Set<String> connect = new LinkedHashSet<>();
        connect.add("'self'");
        addresses.forEach(address -> addOrigin(address, connect));
        return "default-src 'self'; "
                + "connect-src " + String.join(" ", connect) + "; "
                + "img-src 'self' data:; "
                + "object-src 'none'; "
                + "base-uri 'none'; "
                + "form-action 'self'; "
                + "frame-ancestors 'none'";
    }

    private static void addOrigin(String address, Set<String> connect) {
        URI uri = URI.create(address.strip());
        if (uri.getScheme() == null || uri.getAuthority() == null) {
            return;
        }
        connect.add(uri.getScheme() + "://" + uri.getAuthority());
        String socketScheme = uri.getScheme().equals("https") ? "wss" : "ws";
        connect.add(socketScheme + "://" + uri.getAuthority());
    }
}
