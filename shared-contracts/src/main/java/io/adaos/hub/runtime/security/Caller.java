package io.adaos.hub.runtime.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who sent an accepted credential.
 *
 * @param subject {@code user:…}, {@code skill:…}, {@code node:…} or {@code service:…}
 * @param scopes what it may do, as written in the credential
 * @param expiresAt when it stops being valid; sockets close then
 */
public record Caller(String subject, Set<String> scopes, Optional<Instant> expiresAt) {

    private static final String READ = ":read";
    private static final String WRITE = ":write";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the credential grants a scope, directly or by implication. */
    public boolean may(String scope) {
        return scopes.contains(scope)
                || scopes.contains(Scope.ADMIN)
                || scope.equals(Scope.PUBLIC_READ)
                || mayByWriting(scope);
    }

    private boolean mayByWriting(String scope) {
        return scope.startsWith("webspace:")
                && scope.endsWith(READ)
                && scopes.contains(scope.substring(0, scope.length() - READ.length()) + WRITE);
    }
}
