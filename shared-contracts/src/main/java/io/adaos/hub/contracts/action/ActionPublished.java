package io.adaos.hub.contracts.action;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Fact: a version of an action is published; it never changes.
 *
 * @param hash {@code sha256:} and 64 hex digits, over the schema's canonical bytes
 * @param kid id of the trusted key that signed it
 * @param subject whose credential published it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionPublished(String name, String version, String hash, String kid,
        String subject, String correlationId) {
}
