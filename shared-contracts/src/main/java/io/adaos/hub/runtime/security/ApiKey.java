package io.adaos.hub.runtime.security;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * One line of the keys file.
 *
 * @param id name for people and logs
 * @param sha256 64 lower-case hex digits of the raw key's UTF-8
 * @param expiresAt null when it does not expire
 */
@RegisterForReflection
record ApiKey(String id, String sha256, String subject, List<String> scopes, Instant expiresAt) {
}
