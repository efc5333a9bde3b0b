package io.adaos.hub.runtime.outbox;

/**
 * A fact to be published with the state it is about.
 *
 * @param subject from {@code HubSubjects}
 * @param type CloudEvents type, {@code io.adaos.hub.<plane>.<what>.v1}
 * @param key id of the thing the fact is about, the CloudEvents subject
 * @param correlationId id of the request that caused it, may be null
 * @param data a wire record
 */
public record OutboxEvent(
        String subject, String type, String key, String correlationId, Object data) {
}
