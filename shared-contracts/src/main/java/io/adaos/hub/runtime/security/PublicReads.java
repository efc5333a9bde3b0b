package io.adaos.hub.runtime.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets anonymous requests read what is public, unless {@code hub.public-reads} is false. */
@Singleton
final class PublicReads implements SecurityIdentityAugmentor {

    private final boolean open;

    PublicReads(@ConfigProperty(name = "hub.public-reads", defaultValue = "true") boolean open) {
        this.open = open;
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        if (open && identity.isAnonymous()) {
            return Uni.createFrom().item(QuarkusSecurityIdentity.builder(identity)
                    .addRole(Scope.PUBLIC_READ)
                    .build());
        }
        return Uni.createFrom().item(identity);
    }
}
