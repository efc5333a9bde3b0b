package io.adaos.hub.runtime.security;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says from which pages a browser may open a websocket here. */
@Singleton
public final class OriginCheck {

    private final Set<String> origins;

    OriginCheck(@ConfigProperty(name = "hub.http.origins") Optional<List<String>> origins) {
        this.origins = origins.orElse(List.of()).stream()
                .map(origin -> normal(origin.strip()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a page of this origin may connect.
     *
     * @param origin the {@code Origin} header; null when no browser is behind the request
     * @param host the {@code Host} header, which the page's own origin ends with
     */
    public boolean allows(String origin, String host) {
        if (origin == null) {
            return true;
        }
        String asked = normal(origin);
        return origins.contains(asked) || host != null && isSame(asked, host);
    }

    private static boolean isSame(String origin, String host) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
