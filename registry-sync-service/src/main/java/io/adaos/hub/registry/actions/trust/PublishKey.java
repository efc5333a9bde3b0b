package io.adaos.hub.registry.actions.trust;

import io.adaos.hub.registry.actions.signature.ContentHash;
import io.adaos.hub.runtime.security.Caller;
import io.adaos.hub.runtime.security.CredentialSource;
import io.adaos.hub.runtime.security.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** The one key of {@code ACTION_REGISTRY_API_KEY}; it may publish actions and nothing else. */
public final class PublishKey implements CredentialSource {

    private static final Caller PUBLISHER = new Caller("service:action-registry-api-key",
            Set.of(Scope.ACTIONS_PUBLISH), Optional.empty());

    private final Optional<byte[]> digest;

    /** @param key absent or blank: nobody has it */
    public PublishKey(Optional<String> key) {
        this.digest = key.filter(text -> !text.isBlank()).map(PublishKey::digest);
    }

    @Override
    public Optional<Caller> judge(String raw) {
        boolean isThis = digest.isPresent() && MessageDigest.isEqual(digest.get(), digest(raw));
        return isThis ? Optional.of(PUBLISHER) : Optional.empty();
    }

    private static byte[] digest(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).digest();
    }
}
