package io.adaos.hub.runtime.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Turns a raw credential into the identity of its caller. */
@Singleton
final class HubIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final Authenticator authenticator;

    HubIdentityProvider(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return authenticator.authenticate(request.getToken().getToken())
                .<Uni<SecurityIdentity>>map(caller ->
                        Uni.createFrom().item(new HubIdentity(caller)))
                .orElseGet(() -> Uni.createFrom().failure(
                        new AuthenticationFailedException("The credential is not valid here")));
    }
}
