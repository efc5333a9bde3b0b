package io.adaos.hub.runtime.security;

import java.util.Optional;

/** Knows credentials beside the keys file; a bean of a service that has such. */
public interface CredentialSource {

    /**
     * The caller behind a raw credential as it came from outside.
     *
     * @return empty when it is not one of this source; compared in constant time
     */
    Optional<Caller> judge(String raw);
}
