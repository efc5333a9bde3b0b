package io.adaos.hub.runtime.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the credential of a request in one of its three places. */
@Singleton
final class HubAuthentication implements HttpAuthenticationMechanism {

    static final String SCHEME = "bearer";
    private static final int UNAUTHORIZED = 401;

    private final Authenticator authenticator;

    HubAuthentication(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identities) {
        MultiMap headers = context.request().headers();
        List<String> bare = new ArrayList<>(headers.getAll("X-AdaOS-Token"));
        bare.addAll(headers.getAll("x-api-key"));
        RawCredential credential = RawCredential.of(headers.getAll("Authorization"), bare);
        if (credential instanceof RawCredential.Refused refused) {
            authenticator.denied(refused.reason());
            return Uni.createFrom().failure(new AuthenticationFailedException(refused.detail()));
        }
        if (credential instanceof RawCredential.Given given) {
            TokenAuthenticationRequest request =
                    new TokenAuthenticationRequest(new TokenCredential(given.raw(), SCHEME));
            return identities.authenticate(
                    HttpSecurityUtils.setRoutingContextAttribute(request, context));
        }
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(
                HttpCredentialTransport.Type.AUTHORIZATION, SCHEME));
    }
}
