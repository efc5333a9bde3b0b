package io.adaos.hub.registry.catalog;

/**
 * Who pushed a version, and what was said with it.
 *
 * @param subject of the credential
 * @param message one line, may be null
 * @param metadata a JSON object as text, may be null
 */
public record Provenance(String subject, String message, String metadata, String correlationId) {
}
