package io.adaos.hub.runtime.security;

import io.quarkus.security.credential.Credential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.smallrye.mutiny.Uni;
import java.security.Permission;
import java.security.Principal;
import java.util.Map;
import java.util.Set;

/** A caller as the framework sees it: a role is a scope, and implied scopes count. */
final class HubIdentity implements SecurityIdentity {

    static final String CALLER = "hub.caller";

    private final Caller caller;
    private final Principal principal;

    HubIdentity(Caller caller) {
        this.caller = caller;
        this.principal = new QuarkusPrincipal(caller.subject());
    }

    @Override
    public Principal getPrincipal() {
        return principal;
    }

    @Override
    public boolean isAnonymous() {
        return false;
    }

    @Override
    public Set<String> getRoles() {
        return caller.scopes();
    }

    @Override
    public boolean hasRole(String role) {
        return caller.may(role);
    }

    @Override
    public <T extends Credential> T getCredential(Class<T> type) {
        return null;
    }

    @Override
    public Set<Credential> getCredentials() {
        return Set.of();
    }

    @Override
    public <T> T getAttribute(String name) {
        @SuppressWarnings("unchecked")
        T value = (T) getAttributes().get(name);
        return value;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of(CALLER, caller);
    }

    @Override
    public Uni<Boolean> checkPermission(Permission permission) {
        return Uni.createFrom().item(false);
    }
}
